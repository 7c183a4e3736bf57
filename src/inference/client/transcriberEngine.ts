import { proxy } from 'comlink'
import { rejectOnAbort } from '../../base/rejectOnAbort.ts'
import { SerialQueue } from '../../base/serialQueue.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import type { TimedWord, Transcription } from '../../domain/speech/transcription.ts'
import type { LoadTranscriberOptions, PackSource, ReportProgress, TranscriberEngine } from '../engines.ts'
import { expectAnswer, type InferenceRemote, WorkerClient } from './workerClient.ts'
import { toWorkerPack } from './workerPack.ts'

/** What the browser tells of the machine. */
export interface Machine {
  readonly cores: number
  /** GB, of 8 at most; null where the browser doesn't tell. */
  readonly memoryGb: number | null
}

export interface TranscriberEngineOptions {
  readonly machine?: Machine
  readonly createWorker?: () => WorkerLike
}

/** The graphs and what a run takes come to half a GB; one core would make the reader wait for seconds. */
const LEAST_CORES = 2
const LEAST_MEMORY_GB = 4

const thisMachine = (): Machine => {
  const { hardwareConcurrency = 1, deviceMemory = null } = navigator as Navigator & { deviceMemory?: number }
  return { cores: hardwareConcurrency, memoryGb: deviceMemory }
}

const isTooSmall = ({ cores, memoryGb }: Machine): boolean =>
  cores < LEAST_CORES || (memoryGb !== null && memoryGb < LEAST_MEMORY_GB)

interface Loaded {
  readonly pack: PackSource
  readonly key: string
  readonly info: EngineInfo
}

/** What makes two packs' transcribers the same: their contents, wherever the files lie. */
const keyOf = ({ manifest }: PackSource): string | null => {
  const rule = manifest.speech?.transcriber
  return rule ? JSON.stringify(rule, (name, value) => (name === 'file' || name === 'pack' ? undefined : value)) : null
}

const NEVER = new AbortController().signal
const ignore = () => undefined

class TranscriberEngineClient implements TranscriberEngine {
  readonly #loads = new SerialQueue()
  readonly #client: WorkerClient
  readonly #machine: Machine
  /** One part after another: the worker holds the states of one. */
  readonly #parts = new SerialQueue()
  /** Whole utterances that are to be transcribed. */
  #waiting = 0
  #loaded: Loaded | null = null
  /** Resolves once somebody speaks. */
  readonly #wanted: Promise<void>
  #wake: () => void = ignore

  constructor({ createWorker, machine }: TranscriberEngineOptions) {
    this.#machine = machine ?? thisMachine()
    this.#wanted = new Promise((resolve) => {
      this.#wake = resolve
    })
    this.#client = new WorkerClient((api) => this.#restore(api), createWorker)
  }

  load(pack: PackSource, onProgress: ReportProgress, options: LoadTranscriberOptions = {}): Promise<EngineInfo | null> {
    const { signal = NEVER, after } = options
    const loading = this.#loads.add(async () => {
      await rejectOnAbort(Promise.race([after, this.#wanted]), signal)
      return this.#loadNow(pack, onProgress, signal)
    }, signal)
    return rejectOnAbort(loading, signal)
  }

  wake(): void {
    this.#wake()
  }

  async transcribe(audio: Float32Array): Promise<Transcription | null> {
    this.wake()
    this.#waiting++
    try {
      await this.#loads.add(async () => undefined)
      return this.#loaded ? await this.#client.ask((api) => api.transcribe(audio)) : null
    } finally {
      this.#waiting--
    }
  }

  /** Both halves are asked for only while nothing waits: the worker takes what it is asked in its order. */
  hearPart(audio: Float32Array, isWanted: () => boolean): Promise<readonly TimedWord[] | null> {
    const isTurn = () => this.#loaded !== null && this.#waiting === 0 && isWanted()
    return this.#parts.add(async () => {
      if (!isTurn()) return null
      await this.#client.askOnce((api) => api.encodePart(audio))
      return isTurn() ? this.#client.askOnce((api) => api.writePart()) : null
    })
  }

  dispose(): void {
    this.#loaded = null
    this.#client.dispose()
  }

  async #loadNow(pack: PackSource, onProgress: ReportProgress, signal: AbortSignal): Promise<EngineInfo | null> {
    const key = isTooSmall(this.#machine) ? null : keyOf(pack)
    if (key !== null && this.#loaded?.key === key) return this.#loaded.info
    // A heap of wasm never shrinks: its memory goes back with its worker.
    if (this.#loaded) this.#client.stop()
    this.#loaded = null
    if (key === null) return null
    const workerPack = toWorkerPack(pack)
    const info = await this.#client.ask((api) => api.loadTranscriber(workerPack, proxy(onProgress)), signal)
    this.#loaded = { pack: workerPack, key, info }
    return info
  }

  async #restore(api: InferenceRemote): Promise<void> {
    if (this.#loaded) await expectAnswer(api.loadTranscriber(this.#loaded.pack, proxy(ignore)))
  }
}

/** Whisper in a worker of its own, started with the first load. */
export const createTranscriberEngine = (options: TranscriberEngineOptions = {}): TranscriberEngine =>
  new TranscriberEngineClient(options)
