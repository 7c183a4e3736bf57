import { proxy } from 'comlink'
import { SerialQueue } from '../base/serialQueue.ts'
import type { CtEngine, EngineChoice, EngineInfo, PackSource, ReportProgress } from './engines.ts'
import { rejectOnAbort } from './rejectOnAbort.ts'
import { TokenStore } from './tokenStore.ts'
import {
  expectAnswer,
  type InferenceRemote,
  startInferenceWorker,
  WorkerClient,
  type WorkerLike,
} from './workerClient.ts'
import { toWorkerPack } from './workerPack.ts'

export interface CtEngineOptions {
  /** Told when the provider changes by itself: a lost GPU, a restarted worker. */
  readonly onInfoChange?: (info: EngineInfo) => void
  readonly createWorker?: () => WorkerLike
  /** A cancelled run that takes longer than this is ended with its worker, which then loads the model again. */
  readonly patienceMs?: number
}

interface Loaded {
  readonly pack: PackSource
  readonly choice: EngineChoice
}

const NEVER = new AbortController().signal

class CtEngineClient implements CtEngine {
  readonly #queue = new SerialQueue()
  readonly #client: WorkerClient
  /** Copies of the worker's tokens, for the next worker when one dies. */
  readonly #tokens = new TokenStore()
  readonly #onInfo: (info: EngineInfo) => void
  readonly #patienceMs: number
  #loaded: Loaded | null = null
  /** Address of the pack whose sessions the worker has or had. */
  #held: string | null = null

  constructor(options: CtEngineOptions) {
    this.#onInfo = options.onInfoChange ?? (() => undefined)
    this.#patienceMs = options.patienceMs ?? 2000
    this.#client = new WorkerClient(options.createWorker ?? startInferenceWorker, (api) => this.#restore(api))
  }

  load(pack: PackSource, choice: EngineChoice, onProgress: ReportProgress, signal = NEVER): Promise<EngineInfo> {
    const report: ReportProgress = (label, fraction) => {
      if (!signal.aborted) onProgress(label, fraction)
    }
    const loading = this.#queue.add(() => this.#loadNow({ pack: toWorkerPack(pack), choice }, report, signal), signal)
    return rejectOnAbort(loading, signal)
  }

  encode(volumeId: string, input: Float32Array, signal: AbortSignal) {
    const encoding = this.#queue.add(() => this.#encodeNow(volumeId, input, signal), signal)
    return rejectOnAbort(encoding, signal)
  }

  heat(volumeId: string, directions: Float32Array): Promise<Float32Array> {
    return this.#queue.add(() => this.#client.call((api) => api.heatCt(volumeId, directions)))
  }

  forget(volumeId: string): void {
    const forgetting = this.#queue.add(() => this.#forgetNow(volumeId))
    // A worker that died has forgotten, too.
    forgetting.catch(() => undefined)
  }

  dispose(): void {
    this.#loaded = null
    this.#tokens.clear()
    this.#client.dispose()
  }

  /** A heap of wasm never shrinks: the memory of another pack goes back only with its worker. */
  async #loadNow(loading: Loaded, onProgress: ReportProgress, signal: AbortSignal): Promise<EngineInfo> {
    if (this.#held !== null && this.#held !== loading.pack.baseUrl) this.#client.stop()
    this.#loaded = null
    this.#tokens.clear()
    this.#held = loading.pack.baseUrl
    // Ends a download of what nobody wants any more; the next load starts another worker.
    const onAbort = () => this.#client.stop()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      const info = await this.#client.call((api) => this.#loadInto(api, loading, onProgress))
      this.#loaded = loading
      return info
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  async #forgetNow(volumeId: string): Promise<void> {
    this.#tokens.delete(volumeId)
    if (this.#client.isRunning) await this.#client.call((api) => api.forgetCt(volumeId))
  }

  async #encodeNow(volumeId: string, input: Float32Array, signal: AbortSignal) {
    let timer: ReturnType<typeof setTimeout> | undefined
    const onAbort = () => {
      timer = setTimeout(() => this.#restart(), this.#patienceMs)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      const { tokens, ...encoded } = await this.#client.call((api) => api.encodeCt(volumeId, input))
      if (signal.aborted) await this.#forgetNow(volumeId)
      else this.#tokens.set(volumeId, tokens)
      return encoded
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** Ends the run under way; the model is loaded again behind the user's back. */
  #restart(): void {
    this.#client.stop()
    this.#queue.add(() => this.#client.warm()).catch(() => undefined)
  }

  #loadInto(api: InferenceRemote, { pack, choice }: Loaded, onProgress: ReportProgress) {
    return api.loadCt(pack, choice, proxy(onProgress), proxy(this.#onInfo))
  }

  async #restore(api: InferenceRemote): Promise<void> {
    if (!this.#loaded) return
    this.#onInfo(await expectAnswer(this.#loadInto(api, this.#loaded, () => undefined)))
    for (const [volumeId, tokens] of this.#tokens.entries()) await expectAnswer(api.keepCt(volumeId, tokens))
  }
}

/** The CT encoder in a worker of its own, started with the first load. */
export const createCtEngine = (options: CtEngineOptions = {}): CtEngine => new CtEngineClient(options)
