import { StreamResampler } from '../domain/speech/resample.ts'
import { FRAME_SAMPLES, SEGMENT_SAMPLE_RATE_HZ } from '../domain/speech/segment.ts'

/** Turns blocks at the rate of the audio context into frames of 512 samples at 16 kHz, in order and without gaps. */
export class FrameBlocks {
  readonly #resampler: StreamResampler | null
  readonly #onFrame: (frame: Float32Array) => void
  #frame = new Float32Array(FRAME_SAMPLES)
  #filled = 0

  constructor(sampleRateHz: number, onFrame: (frame: Float32Array) => void) {
    this.#onFrame = onFrame
    this.#resampler =
      sampleRateHz === SEGMENT_SAMPLE_RATE_HZ ? null : new StreamResampler(sampleRateHz, SEGMENT_SAMPLE_RATE_HZ)
  }

  take(block: Float32Array): void {
    const samples = this.#resampler ? this.#resampler.push(block) : block
    for (let taken = 0; taken < samples.length; ) {
      const count = Math.min(samples.length - taken, FRAME_SAMPLES - this.#filled)
      this.#frame.set(samples.subarray(taken, taken + count), this.#filled)
      this.#filled += count
      taken += count
      if (this.#filled === FRAME_SAMPLES) this.#hand()
    }
  }

  /** The frame is given away, since the queue keeps it longer than the next block takes to come. */
  #hand(): void {
    this.#onFrame(this.#frame)
    this.#frame = new Float32Array(FRAME_SAMPLES)
    this.#filled = 0
  }
}

/** Samples a block at this context rate should have, so that about one frame of 32 ms comes of it. */
export function toBlockSamples(sampleRateHz: number): number {
  return Math.round((FRAME_SAMPLES * sampleRateHz) / SEGMENT_SAMPLE_RATE_HZ)
}
