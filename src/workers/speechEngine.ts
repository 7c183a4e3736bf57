import sileroUrl from '@ricky0123/vad-web/dist/silero_vad_v6.onnx?url'
import { proxy } from 'comlink'
import type { EngineInfo, PackSource, ReportProgress, SpeechEngine } from './engines.ts'
import {
  expectAnswer,
  type InferenceRemote,
  startInferenceWorker,
  WorkerClient,
  type WorkerLike,
} from './workerClient.ts'
import { toWorkerPack } from './workerPack.ts'

export interface SpeechEngineOptions {
  readonly createWorker?: () => WorkerLike
}

class SpeechEngineClient implements SpeechEngine {
  readonly #client: WorkerClient
  #pack: PackSource | null = null
  #vadUrl: string | null = null

  constructor({ createWorker }: SpeechEngineOptions) {
    this.#client = new WorkerClient(createWorker ?? startInferenceWorker, (api) => this.#restore(api))
  }

  async load(pack: PackSource, onProgress: ReportProgress): Promise<EngineInfo> {
    this.#pack = null
    const loading = toWorkerPack(pack)
    const info = await this.#client.call((api) => api.loadSpeech(loading, proxy(onProgress)))
    this.#pack = loading
    return info
  }

  encode(audio: Float32Array) {
    return this.#client.call((api) => api.encodeSpeech(audio))
  }

  async loadVad(): Promise<void> {
    const url = new URL(sileroUrl, globalThis.location?.href).href
    await this.#client.call((api) => api.loadVad(url))
    this.#vadUrl = url
  }

  resetVad(): Promise<void> {
    return this.#client.call((api) => api.resetVad())
  }

  vadProbability(frame: Float32Array): Promise<number> {
    return this.#client.call((api) => api.vadProbability(frame))
  }

  dispose(): void {
    this.#pack = null
    this.#vadUrl = null
    this.#client.dispose()
  }

  async #restore(api: InferenceRemote): Promise<void> {
    const [pack, vad] = [this.#pack, this.#vadUrl]
    if (vad) await expectAnswer(api.loadVad(vad))
    if (pack)
      await expectAnswer(
        api.loadSpeech(
          pack,
          proxy(() => undefined),
        ),
      )
  }
}

/** Speech encoder and voice activity detection in a worker of their own, started with the first load. */
export const createSpeechEngine = (options: SpeechEngineOptions = {}): SpeechEngine => new SpeechEngineClient(options)
