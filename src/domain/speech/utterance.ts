/** One stretch of speech as voice activity detection cut it, mono 16 kHz. Heavy: kept outside the store, by id. */
export interface Utterance {
  readonly id: string
  /** The study that was being read when it began, or that its recording was given to; null where there was none. */
  readonly studyId: string | null
  /** Mono samples in [-1, 1] at 16 kHz. */
  readonly audio: Float32Array
  readonly sampleRateHz: 16000
  /** Milliseconds since the recording or file began. */
  readonly startMs: number
  readonly endMs: number
  readonly source: 'microphone' | 'file'
  /** The recording of the microphone whose clock this is. */
  readonly recordingId?: string
  /** It was said while the command key was held: it is a command and no dictation. */
  readonly isCommand?: true
}
