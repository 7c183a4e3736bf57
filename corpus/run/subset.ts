import type { IndexEntry } from './expectation.ts'

/**
 * Kinds that the app does not get right yet, by the beginning of their name, each with the reason. `npm test` leaves
 * them out and says so; `npm run test:corpus` runs and counts them as they are.
 */
export const PENDING: readonly (readonly [kind: string, reason: string])[] = [
  ['1.', 'frames are not proven yet'],
  ['2.6', 'damaged RLE takes over five seconds'],
  ['2.5', 'a pixel spacing of a thousand kilometres opens'],
  ['3 bombs', 'three bombs take over five seconds'],
  ['3 NIfTI numbers', 'an affine of 10^30 mm opens'],
  ['4 character sets', 'two sets of ISO 2022 are read wrongly'],
  ['4 few slices', 'one or two slices do not open yet'],
  ['5.1', 'the notice names the series, not a file'],
  ['6', '.webm and .mp4 are not taken for sound'],
  ['7', 'bases of the fuzzer: frames are not proven yet'],
  ['8', 'many syntaxes in one series: frames are not proven yet'],
]

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
