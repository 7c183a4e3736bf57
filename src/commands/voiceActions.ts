import type { VoiceState } from '../state/voiceState.ts'

/** What a person does with commands by voice. */
export interface VoiceActions {
  /** What is said until `stopCommanding` is a command, and nothing else. */
  startCommanding(): void
  stopCommanding(): void
  /** Whether what is said is dictation or, as a whole, a command. */
  setVoiceMode(mode: VoiceState['mode']): void
  /** Puts hands-free listening to sleep, or wakes it. */
  setAsleep(isAsleep: boolean): void
  /** Begins an utterance of dictation that is a command; empty: none does. */
  setLeadingWord(word: string): void
  /** Yes or no to what a voice has asked for. */
  answerVoice(isYes: boolean): void
  /** Takes away what is shown of the last command by voice. */
  dismissVoice(): void
}
