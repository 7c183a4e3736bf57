import type { SpeechUnderWay } from '../domain/speech/live/underWay.ts'
import type { SpeechSegment } from '../domain/speech/segment.ts'

export interface SpeechSinkEvents {
  onSpeaking(speaking: boolean): void
  onSegment(segment: SpeechSegment): void
}

/** What a sink knows of speech under way; whose words they are its recording knows. */
export interface SinkSpeech extends Omit<SpeechUnderWay, 'studyId'> {
  /** False where the VAD fails: nobody knows whether there is speech in it, and it is kept all the same. */
  readonly isSpeech: boolean
}

/** Takes the frames of a recording in order and says which stretches are utterances. */
export interface SpeechSink {
  /** The next 512 samples. Rejects when the VAD fails; nothing taken so far is lost by that. */
  process(frame: Float32Array): Promise<void>
  /** Speech of which no segment was handed over yet; null while there is too little to be one. */
  underWay(): SinkSpeech | null
  /** No more frames: hands over what is under way. */
  finish(): void
}
