import type { Span } from '../statements/statement.ts'

/** A stretch of an utterance, read by itself. */
export interface HeardWindow {
  /** Unit embedding of the pack's space. */
  readonly embedding: Float32Array
  /** Seconds in the utterance. */
  readonly span: Span
}

/** What the speech encoder heard in one utterance. All vectors are unit embeddings of the pack's space. */
export interface HeardSpeech {
  /** Mean of the windows: one vector for the whole utterance, as SpeechCT-CLIP compares it with scans. */
  readonly embedding: Float32Array
  /**
   * Each window by itself, in the order of time. What was said is read from these: the mean of two windows says what neither
   * says, since reading is not linear.
   */
  readonly windows: readonly HeardWindow[]
  /** What the encoder's own letters say; empty: nothing was said. Null or absent where it has none. */
  readonly spelled?: string | null
  /** A transcriber has been asked for its words, or has failed. */
  readonly isWritten?: boolean
}
