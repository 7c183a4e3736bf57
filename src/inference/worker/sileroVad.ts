import { assert } from '../../base/assert.ts'
import { SerialQueue } from '../../base/serialQueue.ts'
import type { PackFile } from '../../domain/model/manifest.ts'
import { type OrtSession, openSession } from './ortSession.ts'

/** The Silero model as the pinned vad-web package ships it. */
export const SILERO_FILE: PackFile = {
  file: 'silero_vad_v6.onnx',
  bytes: 2327524,
  sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
}

/** Samples of one frame at 16 kHz, and of the frame before that the model sees again (silero-vad, OnnxWrapper). */
export const FRAME_SAMPLES = 512
const CONTEXT_SAMPLES = 64
const STATE_SHAPE = [2, 1, 128] as const
const STATE_SIZE = 256

/** Silero voice activity detection (MIT): a small recurrent network, one probability every 32 ms. */
export class SileroVad {
  readonly #queue = new SerialQueue()
  #state = new Float32Array(STATE_SIZE)
  #context = new Float32Array(CONTEXT_SAMPLES)

  private constructor(private readonly session: OrtSession) {}

  static async open(model: Uint8Array): Promise<SileroVad> {
    return new SileroVad(await openSession(model, { provider: 'wasm' }, SILERO_FILE.file))
  }

  /** Forgets the recording so far. */
  reset(): Promise<void> {
    return this.#queue.add(async () => {
      this.#state = new Float32Array(STATE_SIZE)
      this.#context = new Float32Array(CONTEXT_SAMPLES)
    })
  }

  /** Speech probability 0…1 of the next 512 samples; frames are taken in the order of the calls. */
  probability(frame: Float32Array): Promise<number> {
    assert(frame.length === FRAME_SAMPLES, `VAD frame of ${frame.length} samples`)
    return this.#queue.add(async () => {
      const data = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES)
      data.set(this.#context)
      data.set(frame, CONTEXT_SAMPLES)
      const { output, stateN } = await this.session.run({
        input: { type: 'float32', data, shape: [1, data.length] },
        state: { type: 'float32', data: this.#state, shape: STATE_SHAPE },
        sr: { type: 'int64', data: BigInt64Array.of(16000n), shape: [] },
      })
      this.#state = new Float32Array(stateN.data)
      this.#context = data.slice(-CONTEXT_SAMPLES)
      return output.data[0]
    })
  }
}
