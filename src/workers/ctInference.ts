import { ProblemError } from '../base/result.ts'
import { toRegionMeans } from '../domain/findings/outOfDistribution.ts'
import type { ThreadDecision } from './chooseThreads.ts'
import type { CtSessions } from './ctSessions.ts'
import type { EngineChoice, EngineInfo, PackSource, ReportProgress } from './engines.ts'
import { openCt } from './openCt.ts'
import { TokenStore } from './tokenStore.ts'

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
  readonly onInfo: (info: EngineInfo) => void
  readonly sessions: CtSessions
}

const refuse = (code: string, message: string, nextStep: string): ProblemError =>
  new ProblemError({ code, message, nextStep })

/** The CT encoder inside its worker. Calls come one at a time: the client queues them. Rejects with ProblemError. */
export class CtInference {
  readonly #tokens = new TokenStore()
  #loaded: Loaded | null = null
  /** Devices lost since the user last asked for a load. */
  #lost = 0

  constructor(private readonly threads: ThreadDecision) {}

  async load(
    pack: PackSource,
    choice: EngineChoice,
    onProgress: ReportProgress,
    onInfo: (info: EngineInfo) => void,
  ): Promise<EngineInfo> {
    await this.#loaded?.sessions.dispose()
    this.#loaded = null
    this.#tokens.clear()
    this.#lost = 0
    return this.#open({ pack, choice, onInfo }, onProgress)
  }

  async encode(volumeId: string, input: Float32Array): Promise<CtEncoding> {
    const startedAt = performance.now()
    const { tokens, embedding } = await this.#run(async (sessions) => {
      const tokens = await sessions.runTrunk(input)
      return { tokens, embedding: await sessions.runEmbedding(tokens) }
    })
    const encodeMs = performance.now() - startedAt
    this.#tokens.set(volumeId, tokens)
    const { ct, outOfDistribution } = this.#expectLoaded().pack.manifest
    const tokenMean = toRegionMeans(tokens, ct.tokenGrid, ct.tokenDimension, outOfDistribution?.regions)
    return { embedding, tokens, tokenMean, encodeMs }
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
    const { sessions, parityCosine, note, fallback } = await openCt({ ...request, onProgress }, this.#lost)
    this.#loaded = { ...request, sessions }
    return {
      provider: sessions.gpu ? 'webgpu' : 'wasm',
      variant: sessions.variant,
      threads: this.threads.threads,
      adapter: sessions.gpu?.name ?? null,
      note: sessions.gpu || !this.threads.note ? note : `${note}; ${this.threads.note}`,
      parityCosine,
      fallback,
      loadMs: performance.now() - startedAt,
    }
  }

  /**
   * Repeats what a lost device interrupted on a new one; after the second loss `openCt` takes wasm, so this ends. The
   * runtime itself does not recover: sessions of a lost device reject forever.
   */
  async #run<T>(use: (sessions: CtSessions) => Promise<T>): Promise<T> {
    const { sessions, ...request } = this.#expectLoaded()
    try {
      return await use(sessions)
    } catch (thrown) {
      if (!sessions.gpu || !(await sessions.gpu.isLost())) throw thrown
      this.#lost++
      await sessions.dispose()
      request.onInfo(await this.#open(request, () => undefined))
      return this.#run(use)
    }
  }
}
