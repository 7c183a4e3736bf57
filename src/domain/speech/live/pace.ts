import type { SpeechUnderWay } from './underWay.ts'

/** Of two passes' beginnings: a reader follows no faster, and the page keeps some of the machine. */
const LEAST_INTERVAL_MS = 700
/** Less sound than this holds no words to show. */
const LEAST_SPEECH_MS = 1000
/** A pass that took longer makes the next one hear the end of the speech only. */
const SLOW_MS = 1200

/** What is known of the pass before. Times of the page's clock, but for `heardMs`. */
export interface FormerPass {
  readonly beganAtMs: number
  readonly tookMs: number
  /** How far it heard, on the clock of the recording. */
  readonly heardMs: number
}

/**
 * Whether another pass is due: some time after the one before, if anything was spoken since, and if it will be done before
 * the cut as far as that can be foreseen, since the final transcript waits for whatever runs. `expectedMs`: what it may take.
 */
export function isDue(speech: SpeechUnderWay, former: FormerPass | null, nowMs: number, expectedMs: number): boolean {
  const { startMs, endMs, silentMs, cutInMs } = speech
  if (endMs - startMs < LEAST_SPEECH_MS || cutInMs < expectedMs) return false
  if (!former) return true
  return nowMs - former.beganAtMs >= LEAST_INTERVAL_MS && endMs - silentMs > former.heardMs
}

export const isSlow = (former: FormerPass | null): boolean => former !== null && former.tookMs > SLOW_MS
