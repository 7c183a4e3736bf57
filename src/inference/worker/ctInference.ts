import { ProblemError } from '../../base/result.ts'
import { toRegionMeans } from '../../domain/findings/outOfDistribution.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import type { EngineChoice, PackSource, ReportProgress } from '../engines.ts'
import { NO_PROOFS, type ParityProofs } from '../parityProofs.ts'
import { TokenStore } from '../tokenStore.ts'
import type { ThreadDecision } from './chooseThreads.ts'
import type { CtSessions } from './ctSessions.ts'
import { openCt } from './openCt.ts'
import { cancelled } from './runParts.ts'

export interface CtEncoding {
  readonly embedding: Float32Array
  readonly tokens: Float32Array
  /** Mean tokens of the manifest's regions, one after the other; of the whole grid where it names none. */
  readonly tokenMean: Float32Array
  readonly encodeMs: number
}

interface Loaded {
  readonly pack: PackSource
  readonly choice: EngineChoice
  readonly calls: CtCalls
  readonly sessions: CtSessions
}

/** What a load may ask or tell, also later: when a lost GPU makes it load again. */
export interface CtCalls {
  readonly onInfo: (info: EngineInfo) => void
  readonly proofs: ParityProofs
}

/** Of the progress bar while the encoder runs. */
const ENCODING = 'Encoding the scan'

const ignore: ReportProgress = () => undefined

/** Tells nobody and remembers nothing. */
const ALONE: CtCalls = { onInfo: () => undefined, proofs: NO_PROOFS }

const refuse = (code: string, message: string, nextStep: string): ProblemError =>
  new ProblemError({ code, message, nextStep })

/** The CT encoder inside its worker. Calls come one at a time: the client queues them. Rejects with ProblemError. */
export class CtInference {
  readonly #tokens = new TokenStore()
  #loaded: Loaded | null = null
  /** Devices lost since the user last asked for a load. */
  #lost = 0
  #encoding = new AbortController()

  constructor(private readonly threads: ThreadDecision) {}

  async load(
    pack: PackSource,
    choice: EngineChoice,
    onProgress: ReportProgress,
    calls: CtCalls = ALONE,
  ): Promise<EngineInfo> {
    await this.#loaded?.sessions.dispose()
    this.#loaded = null
    this.#tokens.clear()
    this.#lost = 0
    return this.#open({ pack, choice, calls }, onProgress)
  }

  /** Rejects with `cancelled` after the part during which `cancel` was called. */
  async encode(volumeId: string, input: Float32Array, onProgress: ReportProgress = ignore): Promise<CtEncoding> {
    this.#encoding = new AbortController()
    const { signal } = this.#encoding
    const startedAt = performance.now()
    onProgress(ENCODING, null)
    const watch = { signal, onFraction: (fraction: number) => onProgress(ENCODING, fraction) }
    const use = async (sessions: CtSessions) => {
      const tokens = await sessions.runTrunk(input, watch)
      return { tokens, embedding: await sessions.runEmbedding(tokens) }
    }
    const { tokens, embedding } = await this.#run(use, onProgress)
    if (signal.aborted) throw cancelled()
    const encodeMs = performance.now() - startedAt
    this.#tokens.set(volumeId, tokens)
    const { ct, outOfDistribution } = this.#expectLoaded().pack.manifest
    const tokenMean = toRegionMeans(tokens, ct.tokenGrid, ct.tokenDimension, outOfDistribution?.regions)
    return { embedding, tokens, tokenMean, encodeMs }
  }

  /** Ends the encoding under way, if there is one, between two of its runs. */
  cancel(): void {
    this.#encoding.abort()
  }

  async heat(volumeId: string, directions: Float32Array): Promise<Float32Array> {
    const tokens = this.#tokens.get(volumeId)
    if (!tokens)
      throw refuse(
        'tokens-gone',
        'The CT encoder no longer holds this scan.',
        'Open the study again to see the heat map.',
      )
    return this.#run(async (sessions) => (await sessions.runHead(tokens, directions)).heat)
  }

  /** Gives back tokens after a restart of the worker. */
  keep(volumeId: string, tokens: Float32Array): void {
    this.#tokens.set(volumeId, tokens)
  }

  forget(volumeId: string): void {
    this.#tokens.delete(volumeId)
  }

  #expectLoaded(): Loaded {
    if (this.#loaded) return this.#loaded
    throw refuse('model-not-loaded', 'No CT encoder is loaded.', 'Load the models again from the model page.')
  }

  async #open(request: Omit<Loaded, 'sessions'>, onProgress: ReportProgress): Promise<EngineInfo> {
    const startedAt = performance.now()
    const { pack, choice, calls } = request
    const { sessions, proof, note, fallback } = await openCt(
      { pack, choice, proofs: calls.proofs, onProgress },
      this.#lost,
    )
    this.#loaded = { ...request, sessions }
    return {
      provider: sessions.gpu ? 'webgpu' : 'wasm',
      variant: sessions.variant,
      threads: this.threads.threads,
      adapter: sessions.gpu?.name ?? null,
      note: sessions.gpu || !this.threads.note ? note : `${note}; ${this.threads.note}`,
      parityCosine: proof.cosine,
      testedAt: proof.testedAt,
      fallback,
      loadMs: performance.now() - startedAt,
    }
  }

  /**
   * Repeats what a lost device interrupted on a new one; after the second loss `openCt` takes wasm, so this ends. The
   * runtime itself does not recover: sessions of a lost device reject forever.
   */
  async #run<T>(use: (sessions: CtSessions) => Promise<T>, onProgress = ignore): Promise<T> {
    const { sessions, ...request } = this.#expectLoaded()
    try {
      return await use(sessions)
    } catch (thrown) {
      if (!sessions.gpu || !(await sessions.gpu.isLost())) throw thrown
      this.#lost++
      await sessions.dispose()
      request.calls.onInfo(await this.#open(request, onProgress))
      return this.#run(use, onProgress)
    }
  }
}
