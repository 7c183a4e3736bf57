/*
 * Runs in the AudioWorkletGlobalScope, whose names TypeScript's DOM library does not know. Imported as `?worker&url`,
 * the only form that Vite turns into JavaScript of its own URL in dev and build (`?url` inlines it as data, which the
 * content security policy refuses).
 */

declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort
  constructor(options?: { processorOptions?: { blockSamples?: number } })
}

declare function registerProcessor(
  name: string,
  processor: new (options?: { processorOptions?: { blockSamples?: number } }) => AudioWorkletProcessor,
): void

/** What a render quantum holds where the device delivers nothing (muted, or just gone). */
const QUANTUM_SAMPLES = 128

/** Gathers render quanta into blocks of `blockSamples` and posts each; silence counts, so that the clock stays right. */
class CaptureProcessor extends AudioWorkletProcessor {
  readonly #blockSamples: number
  #block: Float32Array<ArrayBuffer>
  #filled = 0

  constructor(options?: { processorOptions?: { blockSamples?: number } }) {
    super(options)
    this.#blockSamples = options?.processorOptions?.blockSamples ?? 512
    this.#block = new Float32Array(this.#blockSamples)
  }

  process(inputs: Float32Array[][]): boolean {
    const samples = inputs[0]?.[0] ?? new Float32Array(QUANTUM_SAMPLES)
    for (let taken = 0; taken < samples.length; ) {
      const count = Math.min(samples.length - taken, this.#blockSamples - this.#filled)
      this.#block.set(samples.subarray(taken, taken + count), this.#filled)
      this.#filled += count
      taken += count
      if (this.#filled === this.#blockSamples) this.#post()
    }
    return true
  }

  #post(): void {
    this.port.postMessage(this.#block, [this.#block.buffer])
    this.#block = new Float32Array(this.#blockSamples)
    this.#filled = 0
  }
}

registerProcessor('voxct-capture', CaptureProcessor)
