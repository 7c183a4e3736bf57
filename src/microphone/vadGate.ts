import type { VadModel } from './microphone.ts'

/** Silero with its reset in order: the next frame waits for a reset that was asked for before it. */
export class VadGate {
  readonly #vad: VadModel
  #reset: Promise<void> | null = null

  constructor(vad: VadModel) {
    this.#vad = vad
  }

  /** Forgets the recurrent state; returns at once, because vad-web's FrameProcessor does not wait for it. */
  reset(): void {
    this.#reset = this.#vad.resetVad()
    // A failure is reported by the next frame; after the last frame there is nobody it could hurt.
    this.#reset.catch(() => undefined)
  }

  /** Probability of speech, 0…1. A model that answers NaN would look like silence for ever, so that is a failure. */
  async toProbability(frame: Float32Array): Promise<number> {
    const reset = this.#reset
    this.#reset = null
    if (reset) await reset
    const probability = await this.#vad.vadProbability(frame)
    if (!Number.isFinite(probability)) throw new Error(`the model answered ${probability}`)
    return probability
  }
}
