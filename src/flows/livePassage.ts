import { agree, type LiveWords, NO_WORDS } from '../domain/speech/live/agreement.ts'
import { chooseWindow, type LiveWindow, WHOLE } from '../domain/speech/live/chooseWindow.ts'
import { type FormerPass, isSlow } from '../domain/speech/live/pace.ts'
import type { SpeechUnderWay } from '../domain/speech/live/underWay.ts'
import type { TimedWord } from '../domain/speech/transcription.ts'
import type { ContextRule } from '../domain/speech/whisper/contexts.ts'
import type { SpeechEngine, TranscriberEngine } from '../inference/engines.ts'

export interface HearPassageDeps {
  readonly transcriber: TranscriberEngine
  readonly speechEngine: SpeechEngine
}

/** One stretch of speech as far as it was heard. */
export interface Passage {
  readonly studyId: string
  readonly startMs: number
  words: LiveWords
  window: LiveWindow
  former: FormerPass | null
  /** The encoder spelled something in it: noise, of which no final text comes, has no live one either. */
  isSpelled: boolean
  /** A person does not want to see it. */
  isDropped: boolean
}

export const beginPassage = (studyId: string, startMs: number): Passage => ({
  studyId,
  startMs,
  words: NO_WORDS,
  window: WHOLE,
  former: null,
  isSpelled: false,
  isDropped: false,
})

const move = (word: TimedWord, bySeconds: number): TimedWord => ({
  ...word,
  startSeconds: word.startSeconds + bySeconds,
  endSeconds: word.endSeconds + bySeconds,
})

export interface Pass {
  readonly speech: SpeechUnderWay
  readonly rule: Pick<ContextRule, 'contextsSeconds' | 'mostSpeech'>
  readonly signal: AbortSignal
  /** Whether half of the pass will be done before the cut, as far as that can be foreseen. */
  readonly isTimely: () => boolean
}

/** No longer than fills the shortest context, so that no pass of the encoder takes longer than another. */
function toWindow({ window, words, former }: Passage, { speech, rule }: Pass): LiveWindow {
  const endSeconds = (speech.endMs - speech.startMs) / 1000
  const longestSeconds = rule.mostSpeech * rule.contextsSeconds[0]
  return chooseWindow(window, words, { endSeconds, longestSeconds, isTailOnly: isSlow(former) })
}

/**
 * One pass over speech under way. False where nothing was heard, because the transcriber had other things to do, the cut is near or the
 * signal said so. Rejects with ProblemError.
 */
export async function hearPassage(
  { speechEngine, transcriber }: HearPassageDeps,
  passage: Passage,
  pass: Pass,
): Promise<boolean> {
  const { speech, signal, isTimely } = pass
  const window = toWindow(passage, pass)
  const audio = speech.takeFrom(speech.startMs + window.fromSeconds * 1000)
  if (!passage.isSpelled) passage.isSpelled = Boolean((await speechEngine.encode(audio)).transcript)
  if (!passage.isSpelled) return true
  const heard = await transcriber.hearPart(audio, () => !signal.aborted && isTimely())
  if (!heard || signal.aborted) return false
  // Of a window that begins within a word that word is not known.
  const words = heard.slice(window.isForced ? 1 : 0).map((word) => move(word, window.fromSeconds))
  passage.words = agree(passage.words, words, window.fromSeconds)
  passage.window = window
  return true
}
