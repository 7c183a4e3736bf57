import type { IndexEntry } from './expectation.ts'

/**
 * Kinds that the app does not get right yet, by the beginning of their name, each with the reason. `npm test` leaves
 * them out and says so; `npm run test:corpus` runs and counts them as they are.
 */
export const PENDING: readonly (readonly [kind: string, reason: string])[] = []

/** Items that are refused though they could be read, each with the reason. Nothing else may be excused. */
export const REFUSED: Readonly<Record<string, string>> = {}

/** One in so many items of a kind, and one at least, is in the part that `npm test` runs. */
const ONE_IN = 3

export const reasonToWait = ({ kind }: IndexEntry): string | null =>
  PENDING.find(([name]) => kind.startsWith(name))?.[1] ?? null

/** What `npm test` runs of the corpus. */
export function chooseSubset(items: readonly IndexEntry[]): IndexEntry[] {
  const seen = new Map<string, number>()
  return items.filter(({ kind }) => {
    const n = seen.get(kind) ?? 0
    seen.set(kind, n + 1)
    return n % ONE_IN === 0
  })
}
