import sileroUrl from '@ricky0123/vad-web/dist/silero_vad_v6.onnx?url'
import { proxy } from 'comlink'
import { SerialQueue } from '../../base/serialQueue.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import { isSameSpeech } from '../../domain/model/sameSpeech.ts'
import type { PackSource, ReportProgress, SpeechEngine } from '../engines.ts'
import { NO_PROOFS, type ParityProofs } from '../parityProofs.ts'
import type { VariantChoice } from '../worker/chooseProvider.ts'
import { expectAnswer, type InferenceRemote, WorkerClient } from './workerClient.ts'
import { toWorkerPack } from './workerPack.ts'

export interface SpeechEngineOptions {
  /** Passed self-tests of earlier visits. */
  readonly proofs?: ParityProofs
  readonly createWorker?: () => WorkerLike
}

interface Loaded {
  readonly pack: PackSource
  readonly variant: VariantChoice
  readonly info: EngineInfo
}

/** What is loaded already serves a pack that shares its encoder. */
const serves = (loaded: Loaded | null, pack: PackSource, variant: VariantChoice): loaded is Loaded =>
  loaded !== null && loaded.variant === variant && isSameSpeech(loaded.pack.manifest, pack.manifest)

class SpeechEngineClient implements SpeechEngine {
  /** Two loads at once would leave whichever came last. */
  readonly #loads = new SerialQueue()
  readonly #client: WorkerClient
  readonly #proofs: ParityProofs
  #loaded: Loaded | null = null
  #loadedText: Loaded | null = null
  #vadUrl: string | null = null

  constructor({ createWorker, proofs }: SpeechEngineOptions) {
    this.#proofs = proofs ?? NO_PROOFS
    this.#client = new WorkerClient((api) => this.#restore(api), createWorker)
  }

  load(pack: PackSource, variant: VariantChoice, onProgress: ReportProgress): Promise<EngineInfo> {
    return this.#loads.add(async () => {
      if (serves(this.#loaded, pack, variant)) return this.#loaded.info
      this.#loaded = null
      const workerPack = toWorkerPack(pack)
      const info = await this.#client.ask((api) => this.#loadInto(api, workerPack, variant, onProgress))
      this.#loaded = { pack: workerPack, variant, info }
      return info
    })
  }

  encode(audio: Float32Array) {
    return this.#client.ask((api) => api.encodeSpeech(audio))
  }

  loadText(pack: PackSource, variant: VariantChoice, onProgress: ReportProgress): Promise<EngineInfo | null> {
    return this.#loads.add(async () => {
      const hadOne = this.#loadedText !== null
      this.#loadedText = null
      if (!pack.manifest.text) {
        if (hadOne) await this.#client.ask((api) => api.unloadText())
        return null
      }
      const workerPack = toWorkerPack(pack)
      const info = await this.#client.ask((api) => api.loadText(workerPack, variant, proxy(onProgress)))
      this.#loadedText = { pack: workerPack, variant, info }
      return info
    })
  }

  encodeText(sentence: string): Promise<Float32Array> {
    return this.#client.ask((api) => api.encodeText(sentence))
  }

  async loadVad(): Promise<void> {
    const url = new URL(sileroUrl, globalThis.location?.href).href
    await this.#client.ask((api) => api.loadVad(url))
    this.#vadUrl = url
  }

  resetVad(): Promise<void> {
    return this.#client.ask((api) => api.resetVad())
  }

  vadProbability(frame: Float32Array): Promise<number> {
    return this.#client.ask((api) => api.vadProbability(frame))
  }

  dispose(): void {
    this.#loaded = null
    this.#loadedText = null
    this.#vadUrl = null
    this.#client.dispose()
  }

  async #restore(api: InferenceRemote): Promise<void> {
    const [loaded, text, vad] = [this.#loaded, this.#loadedText, this.#vadUrl]
    const ignore = () => undefined
    if (vad) await expectAnswer(api.loadVad(vad))
    if (loaded) await expectAnswer(this.#loadInto(api, loaded.pack, loaded.variant, ignore))
    if (text) await expectAnswer(api.loadText(text.pack, text.variant, proxy(ignore)))
  }

  #loadInto(api: InferenceRemote, pack: PackSource, variant: VariantChoice, onProgress: ReportProgress) {
    return api.loadSpeech(pack, variant, proxy(onProgress), proxy(this.#proofs))
  }
}

/** Speech encoder and voice activity detection in a worker of their own, started with the first load. */
export const createSpeechEngine = (options: SpeechEngineOptions = {}): SpeechEngine => new SpeechEngineClient(options)
