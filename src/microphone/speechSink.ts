import type { SpeechSegment } from '../domain/speech/segment.ts'

export interface SpeechSinkEvents {
  onSpeaking(speaking: boolean): void
  onSegment(segment: SpeechSegment): void
}

/** Takes the frames of a recording in order and says which stretches are utterances. */
export interface SpeechSink {
  /** The next 512 samples. Rejects when the VAD fails; nothing taken so far is lost by that. */
  process(frame: Float32Array): Promise<void>
  /** No more frames: hands over what is under way. */
  finish(): void
}
