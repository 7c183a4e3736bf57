/** What came of the last thing that was said as a command. */
export type VoiceTold = {
  /** Another one for each: what is shown begins anew. */
  readonly id: number
  /** The words as they were heard. */
  readonly heard: string
} & (
  | {
      readonly kind: 'done'
      readonly title: string
      readonly undo: { readonly entryId: string; readonly slots: Readonly<Record<string, string | number>> } | null
    }
  /** It waits for yes or no. */
  | { readonly kind: 'asked'; readonly title: string; readonly question: string }
  | { readonly kind: 'left'; readonly title: string }
  /** Understood, but it would do nothing now. */
  | { readonly kind: 'idle'; readonly title: string }
  | {
      readonly kind: 'range'
      readonly title: string
      readonly slot: string
      readonly min: number
      readonly max: number
    }
  /** Phrases that are near, as examples. */
  | { readonly kind: 'unknown'; readonly near: readonly string[] }
  | { readonly kind: 'failed' }
)

export interface VoiceState {
  /** What is said is dictation, or a command as a whole. */
  readonly mode: 'dictation' | 'command'
  /** Hands-free listening sleeps: it looks for the wake phrase and for nothing else. */
  readonly isAsleep: boolean
  /** The command key is held. */
  readonly isHeld: boolean
  /** What was said as a command is being understood. */
  readonly isThinking: boolean
  /** Begins an utterance of dictation that is a command; empty: none does. Kept with the settings. */
  readonly leadingWord: string
  readonly told: VoiceTold | null
}

/** What is said now is a command as a whole. */
export const isCommanding = ({ voice }: { readonly voice: VoiceState }): boolean =>
  voice.isHeld || voice.mode === 'command'
