import type { LiveWords } from './agreement.ts'

/** Which part of speech under way a pass hears. Seconds of its utterance. */
export interface LiveWindow {
  readonly fromSeconds: number
  /** No settled word ended in time: it begins wherever it must, perhaps within a word. */
  readonly isForced: boolean
}

export const WHOLE: LiveWindow = { fromSeconds: 0, isForced: false }

/** Settled words that are heard again, so that the next pass finds where it goes on. */
const HEARD_AGAIN = 3
/** Before a word's start, whose time is known to about so much, s. */
const LEAD_SECONDS = 0.1

interface WindowRule {
  /** Where the speech ends by now, s. */
  readonly endSeconds: number
  /** A pass may hear so much, s. */
  readonly longestSeconds: number
  /** No more than must be: the machine is slow. */
  readonly isTailOnly: boolean
}

/**
 * Speech is heard from where it was, until that gets too long; then from its last settled words on, so that a pass takes no
 * longer the longer one speaks. It never goes back.
 */
export function chooseWindow(former: LiveWindow, { settled }: LiveWords, rule: WindowRule): LiveWindow {
  const { endSeconds, longestSeconds, isTailOnly } = rule
  const isFitting = (from: number) => endSeconds - from <= longestSeconds
  if (isFitting(former.fromSeconds) && !isTailOnly) return former
  const starts = settled.slice(-HEARD_AGAIN).map(({ startSeconds }) => Math.max(0, startSeconds - LEAD_SECONDS))
  const start = starts.find((from) => from >= former.fromSeconds && isFitting(from))
  if (start !== undefined) return { fromSeconds: start, isForced: false }
  return isFitting(former.fromSeconds) ? former : { fromSeconds: endSeconds - longestSeconds, isForced: true }
}
