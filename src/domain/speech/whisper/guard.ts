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
/** So often is enough where decoding never came to an end. */
const UNENDED_REPEATS = 1.5
const LONGEST_PERIOD = 40
/** A loop of fewer tokens than this is no phrase that somebody said once. */
const SHORTEST_PHRASE = 4

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

/**
 * Where tokens begin to repeat themselves, with the length of what is repeated; null where they don't. `isEnded`: whether
 * the end was written; otherwise what is repeated up to the last token is a loop the sooner.
 */
export function findLoop(ids: readonly number[], isEnded: boolean): { at: number; period: number } | null {
  for (let at = 0; at < ids.length; at++)
    for (let period = 1; period <= LONGEST_PERIOD && at + period < ids.length; period++) {
      const length = countRepeated(ids, at, period)
      if (length < SHORTEST_LOOP) continue
      const needed = !isEnded && at + length === ids.length ? UNENDED_REPEATS : REPEATS
      if (length >= needed * period) return { at, period }
    }
  return null
}

/** How many of the first tokens to keep: all, or up to a loop's first turn; nothing where a mere sound loops from the start. */
export function countKept(ids: readonly number[], isEnded: boolean): number {
  const loop = findLoop(ids, isEnded)
  if (!loop) return ids.length
  return loop.at === 0 && loop.period < SHORTEST_PHRASE ? 0 : loop.at + loop.period
}
