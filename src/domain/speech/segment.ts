/** A stretch of speech on the clock of its recording, before it gets an id. Mono 16 kHz samples in [-1, 1]. */
export interface SpeechSegment {
  readonly audio: Float32Array
  readonly startMs: number
  readonly endMs: number
}

/** Everything that decides where an utterance begins and ends. Silero v5/v6 sees frames of 512 samples at 16 kHz. */
export interface SegmentSettings {
  /** At or above: speech. Silero's own recommendation is 0.5. */
  readonly positiveThreshold: number
  /** Below: silence; in between the state stays. Silero's authors put it 0.15 under the positive threshold. */
  readonly negativeThreshold: number
  /** Silence that ends an utterance: this is the wait between the last word and the answer. */
  readonly redemptionMs: number
  /** Less speech than this is a misfire (a click, a cough) and is dropped. */
  readonly minSpeechMs: number
  /** Kept from before the first speech frame, so that soft onsets are not cut off. */
  readonly padMs: number
  /** vad-web has no maximum length: without this, steady talk would never become an utterance. */
  readonly maxSpeechMs: number
  /** Where the cut of a too long utterance may fall, counted back from its end. */
  readonly cutSearchMs: number
}

export const SEGMENT_SAMPLE_RATE_HZ = 16000
export const FRAME_SAMPLES = 512
export const FRAME_MS = (FRAME_SAMPLES / SEGMENT_SAMPLE_RATE_HZ) * 1000

export const SEGMENT_SETTINGS: SegmentSettings = {
  positiveThreshold: 0.5,
  negativeThreshold: 0.35,
  redemptionMs: 600,
  minSpeechMs: 250,
  padMs: 300,
  maxSpeechMs: 22_000,
  cutSearchMs: 8_000,
}

/**
 * How many of the last frames belong to the next piece when speech is cut: the cut falls right after the least likely
 * speech frame, the latest of equals. `probabilities` is in time order, 0…1 a frame.
 */
export function toFramesAfterCut(probabilities: readonly number[]): number {
  let lowest = 0
  for (let index = 1; index < probabilities.length; index += 1) {
    if (probabilities[index] <= probabilities[lowest]) lowest = index
  }
  return Math.max(0, probabilities.length - 1 - lowest)
}

/** Frames end to end as one array. */
export function joinFrames(frames: readonly Float32Array[]): Float32Array {
  const audio = new Float32Array(frames.reduce((sum, frame) => sum + frame.length, 0))
  let offset = 0
  for (const frame of frames) {
    audio.set(frame, offset)
    offset += frame.length
  }
  return audio
}
