import type { IndexEntry } from './expectation.ts'

/** Items that are refused though they could be read, each with the reason. Nothing else may be excused. */
export const REFUSED: Readonly<Record<string, string>> = {}

/** One in so many items of a kind, and one at least, is in the part that `npm test` runs. */
const ONE_IN = 3

/** What `npm test` runs of the corpus. */
export function chooseSubset(items: readonly IndexEntry[]): IndexEntry[] {
  const seen = new Map<string, number>()
  return items.filter(({ kind }) => {
    const n = seen.get(kind) ?? 0
    seen.set(kind, n + 1)
    return n % ONE_IN === 0
  })
}
