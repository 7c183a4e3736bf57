/** Speech that has begun and not ended, on the clock of its recording. */
export interface SpeechUnderWay {
  /** The study whose words these are; null where there is none. */
  readonly studyId: string | null
  readonly startMs: number
  /** Of what was taken so far. */
  readonly endMs: number
  /** Since the last frame that was speech; 0 while there is speech. */
  readonly silentMs: number
  /** When it ends as an utterance if it goes on as it does now: as silence, or as speech up to the longest. Infinity where only a person ends it. */
  readonly cutInMs: number
  /** Mono 16 kHz samples from a time of the recording on. */
  takeFrom(ms: number): Float32Array
}
