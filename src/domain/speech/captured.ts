/** Sound of one recording that is no utterance yet and may become one, as far as the device has delivered it. */
export interface CapturedSpeech {
  readonly recordingId: string
  /** In order of time; what was captured before the first of them is an utterance by now, or holds no speech. */
  readonly stretches: readonly CapturedStretch[]
}

/** Sound without a gap, all of one study and purpose, on the clock of its recording. */
export interface CapturedStretch {
  readonly studyId: string | null
  /** It was said while the command key was held. */
  readonly isCommand: boolean
  /** The VAD has found speech in it; false: nobody has judged it yet, or the VAD fails. */
  readonly isSpeech: boolean
  readonly startMs: number
  readonly endMs: number
  /** Mono 16 kHz samples in [-1, 1] from a time of the recording on. */
  takeFrom(ms: number): Float32Array
}
