/** When a window says nothing, as the manifest says (`speech.transcriber.guard`). */
export interface SilenceGuard {
  /** Mean log-probability of the tokens below which nothing is believed. */
  readonly leastLogProb: number
  /** From this probability of no speech on the other limit holds. */
  readonly noSpeech: number
  readonly leastLogProbIfSilent: number
}

/** A run of tokens that is written so often one after the other is a loop, where it is no shorter than this. */
const REPEATS = 4
const SHORTEST_LOOP = 8
const LONGEST_PERIOD = 12

/** Whether a window that was written with these log-probabilities (natural) holds no speech. */
export function isSilent(logProbs: ArrayLike<number>, noSpeech: number, guard: SilenceGuard): boolean {
  const all = Array.from(logProbs)
  const mean = all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length)
  return mean < guard.leastLogProb || (noSpeech >= guard.noSpeech && mean < guard.leastLogProbIfSilent)
}

/** How many tokens from `at` on repeat the `period` before each of them. */
function countRepeated(ids: readonly number[], at: number, period: number): number {
  let count = 0
  while (at + period + count < ids.length && ids[at + count] === ids[at + period + count]) count++
  return count + period
}

/** Where tokens begin to repeat themselves, with the length of what is repeated; null where they don't. */
export function findLoop(ids: readonly number[]): { readonly at: number; readonly period: number } | null {
  for (let at = 0; at < ids.length; at++)
    for (let period = 1; period <= LONGEST_PERIOD; period++) {
      const length = countRepeated(ids, at, period)
      if (length >= SHORTEST_LOOP && length >= REPEATS * period) return { at, period }
    }
  return null
}

/** How many of the first tokens to keep: all, or up to a loop's first turn; nothing where the loop is all there is. */
export function countKept(ids: readonly number[]): number {
  const loop = findLoop(ids)
  if (!loop) return ids.length
  return loop.at === 0 ? 0 : loop.at + loop.period
}
