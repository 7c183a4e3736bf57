/** A word as it was heard, with its time in the utterance. */
export interface TimedWord {
  /** With its punctuation, as it is shown. */
  readonly text: string
  readonly startSeconds: number
  readonly endSeconds: number
  /** 0…1: the geometric mean over its tokens. */
  readonly probability: number
}

/** What a transcriber wrote down. */
export interface Transcription {
  readonly text: string
  /** In the order of time; null where the transcriber tells no words. */
  readonly words: readonly TimedWord[] | null
}

export const toTranscription = (words: readonly TimedWord[]): Transcription => ({
  text: words.map(({ text }) => text).join(' '),
  words,
})

/** Whether a transcriber in this phase is there or will be: then a transcript waits for it. */
export const isWriterComing = (phase: 'idle' | 'working' | 'ready' | 'failed'): boolean =>
  phase === 'working' || phase === 'ready'
