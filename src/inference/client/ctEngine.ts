import { proxy, transfer } from 'comlink'
import { rejectOnAbort } from '../../base/rejectOnAbort.ts'
import { SerialQueue } from '../../base/serialQueue.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import type { TrunkVariant } from '../../domain/model/manifest.ts'
import type { CtEngine, CtInputSource, EngineChoice, PackSource, ReportProgress } from '../engines.ts'
import { NO_PROOFS, type ParityProofs } from '../parityProofs.ts'
import { TokenStore } from '../tokenStore.ts'
import { expectAnswer, type InferenceRemote, WorkerClient } from './workerClient.ts'
import { toWorkerPack } from './workerPack.ts'

export interface CtEngineOptions {
  /** Told when the provider changes by itself: a lost GPU, a restarted worker. */
  readonly onInfoChange?: (info: EngineInfo) => void
  /** Passed self-tests of earlier visits. */
  readonly proofs?: ParityProofs
  readonly createWorker?: () => WorkerLike
  /** A cancelled run that takes longer than this is ended with its worker; the next one loads the model again. */
  readonly patienceMs?: number
  /** So long after a cancelled encoding the worker of a large model is ended, unless it has other work by then. */
  readonly restMs?: number
}

interface Loaded {
  readonly pack: PackSource
  readonly choice: EngineChoice
}

/** An input, or weights, of at least so many bytes leave a heap behind that is worth giving back. */
const LARGE_BYTES = 64 * 2 ** 20

/** Of all files of a trunk's variant, each once. */
function toWeightBytes(variant: TrunkVariant): number {
  const parts = [variant, ...(variant.next ?? [])]
  const files = new Map(
    parts.flatMap((part) => [part, ...(part.external ?? [])]).map(({ sha256, bytes }) => [sha256, bytes]),
  )
  return [...files.values()].reduce((sum, bytes) => sum + bytes, 0)
}

const isLargeModel = ({ manifest: { ct } }: PackSource): boolean =>
  ct.input.shape.reduce((all, n) => all * n, 4) >= LARGE_BYTES ||
  ct.trunk.some((variant) => toWeightBytes(variant) >= LARGE_BYTES)

const NEVER = new AbortController().signal

const ignore: ReportProgress = () => undefined

/** Passed on until the signal says that nobody looks any more. */
const untilAborted =
  (onProgress: ReportProgress, signal: AbortSignal): ReportProgress =>
  (label, fraction) => {
    if (!signal.aborted) onProgress(label, fraction)
  }

/** Moves the input to the worker where it can be moved: memory that threads share cannot. */
const moved = (input: Float32Array): Float32Array =>
  input.buffer instanceof ArrayBuffer ? transfer(input, [input.buffer]) : input

class CtEngineClient implements CtEngine {
  readonly #queue = new SerialQueue()
  readonly #client: WorkerClient
  /** Copies of the worker's tokens, for the next worker when one dies. */
  readonly #tokens = new TokenStore()
  readonly #onInfo: (info: EngineInfo) => void
  readonly #proofs: ParityProofs
  readonly #patienceMs: number
  readonly #restMs: number
  #loaded: Loaded | null = null
  /** Address of the pack whose sessions the worker has or had. */
  #held: string | null = null
  /** Shown while a worker that died is brought back: whoever waits for its answer sees why. */
  #onRestoring = ignore

  constructor(options: CtEngineOptions) {
    this.#onInfo = options.onInfoChange ?? (() => undefined)
    this.#proofs = options.proofs ?? NO_PROOFS
    this.#patienceMs = options.patienceMs ?? 4000
    this.#restMs = options.restMs ?? 3000
    this.#client = new WorkerClient((api) => this.#restore(api), options.createWorker)
  }

  load(pack: PackSource, choice: EngineChoice, onProgress: ReportProgress, signal = NEVER): Promise<EngineInfo> {
    const report = untilAborted(onProgress, signal)
    const loading = this.#queue.add(() => this.#loadNow({ pack: toWorkerPack(pack), choice }, report, signal), signal)
    return rejectOnAbort(loading, signal)
  }

  encode(volumeId: string, input: CtInputSource, signal: AbortSignal, onProgress = ignore) {
    const report = untilAborted(onProgress, signal)
    const encoding = this.#queue.add(() => this.#encodeNow(volumeId, input, report, signal), signal)
    return rejectOnAbort(encoding, signal)
  }

  heat(volumeId: string, directions: Float32Array): Promise<Float32Array> {
    return this.#queue.add(() => this.#client.ask((api) => api.heatCt(volumeId, directions)))
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
    // The signal ends a download of what nobody wants any more; the next load starts another worker.
    const info = await this.#client.ask((api) => this.#loadInto(api, loading, onProgress), signal)
    this.#loaded = loading
    return info
  }

  async #forgetNow(volumeId: string): Promise<void> {
    this.#tokens.delete(volumeId)
    if (this.#client.isRunning) await this.#client.ask((api) => api.forgetCt(volumeId))
  }

  async #encodeNow(volumeId: string, input: CtInputSource, onProgress: ReportProgress, signal: AbortSignal) {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isRunning = false
    const onAbort = () => {
      if (!isRunning) return
      this.#client.tell((api) => api.cancelCt())
      timer = setTimeout(() => this.#restart(), this.#patienceMs)
    }
    const encode = async (api: InferenceRemote) => {
      const data = moved(await input())
      signal.throwIfAborted()
      isRunning = true
      return api.encodeCt(volumeId, data, proxy(onProgress))
    }
    signal.addEventListener('abort', onAbort, { once: true })
    this.#onRestoring = onProgress
    try {
      const { tokens, ...encoded } = await this.#client.ask(encode)
      if (signal.aborted) await this.#forgetNow(volumeId)
      else this.#tokens.set(volumeId, tokens)
      return encoded
    } finally {
      this.#onRestoring = ignore
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      // What a cancelled run had taken stays in the heap until its worker ends.
      if (isRunning && signal.aborted && this.#isLarge) this.#client.endWhenIdle(this.#restMs)
    }
  }

  /**
   * Ends the run under way. A small model is loaded again behind the user's back; a large one by the next call: the
   * browser takes seconds to give back the memory of a worker, and two large ones beside each other may be too much.
   */
  #restart(): void {
    this.#client.stop()
    if (!this.#isLarge) this.#queue.add(() => this.#client.warm()).catch(() => undefined)
  }

  get #isLarge(): boolean {
    return this.#loaded !== null && isLargeModel(this.#loaded.pack)
  }

  #loadInto(api: InferenceRemote, { pack, choice }: Loaded, onProgress: ReportProgress) {
    return api.loadCt(pack, choice, proxy(onProgress), proxy(this.#onInfo), proxy(this.#proofs))
  }

  async #restore(api: InferenceRemote): Promise<void> {
    if (!this.#loaded) return
    this.#onInfo(await expectAnswer(this.#loadInto(api, this.#loaded, this.#onRestoring)))
    for (const [volumeId, tokens] of this.#tokens.entries()) await expectAnswer(api.keepCt(volumeId, tokens))
  }
}

/** The CT encoder in a worker of its own, started with the first load. */
export const createCtEngine = (options: CtEngineOptions = {}): CtEngine => new CtEngineClient(options)
