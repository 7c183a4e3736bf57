import { ProblemError } from '../../base/result.ts'
import type { PackSource, ReportProgress } from '../engines.ts'
import type { ParityProof, ParityProofs } from '../parityProofs.ts'
import type { VariantChoice } from './chooseProvider.ts'
import type { OpenGpu } from './gpuDevice.ts'
import { closeParts, type OpenGraph, type OpenTrunk, openGraph, openTrunk } from './openGraph.ts'
import type { Backend } from './ortSession.ts'
import { checkUnit, loadProbeInput, toParityCosine } from './parityProbe.ts'
import { proveParity } from './parityProof.ts'
import { type RunWatch, runParts } from './runParts.ts'
import { toNeededCosine } from './variantAttempts.ts'

export interface HeadOutput {
  /** Unit embedding of the whole volume. */
  readonly embedding: Float32Array
  /** n × tokens: each direction's share of its cosine, token by token. */
  readonly heat: Float32Array
}

interface OpenOptions {
  readonly choice: VariantChoice
  readonly attempt: number
  readonly onProgress: ReportProgress
}

/** Trunk and head of one pack on one backend. The names of inputs and outputs are part of the pack's contract. */
export class CtSessions {
  private constructor(
    readonly pack: PackSource,
    /** The device all sessions use, or null on wasm. */
    readonly gpu: OpenGpu | null,
    private readonly trunk: OpenTrunk,
    private readonly head: OpenGraph,
  ) {}

  /** Each attempt, from 0, takes the next variant of the graphs. Rejects with ProblemError. */
  static async open(pack: PackSource, gpu: OpenGpu | null, { choice, attempt, onProgress }: OpenOptions) {
    const backend: Backend = gpu ? { provider: 'webgpu', device: gpu.device } : { provider: 'wasm' }
    const hasShaderF16 = gpu?.hasShaderF16 === true
    const place = { baseUrl: pack.baseUrl, backend, hasShaderF16, choice, attempt }
    const trunk = await openTrunk('CT encoder', pack.manifest.ct.trunk, place, onProgress)
    try {
      const head = await openGraph('CT projection', pack.manifest.ct.head, place, onProgress)
      return new CtSessions(pack, gpu, trunk, head)
    } catch (thrown) {
      await closeParts(trunk.parts)
      throw thrown
    }
  }

  /** "int8", or "int8 and fp32" where trunk and head differ. */
  get variant(): string {
    return [...new Set([this.trunk.variant.variant, this.head.variant.variant])].join(' and ')
  }

  /** What the self-test must reach. */
  get neededCosine(): number {
    return toNeededCosine([this.trunk.variant, this.head.variant], this.pack.manifest.ct.parity)
  }

  /** Volume of the manifest's shape → tokens [… tokenGrid, tokenDimension]. */
  async runTrunk(volume: Float32Array, watch: RunWatch): Promise<Float32Array> {
    const shape = [1, 1, ...this.pack.manifest.ct.input.shape]
    const tokens = await runParts(this.trunk.parts, { data: volume, shape }, watch)
    this.#expectNoGpuError()
    return tokens.data
  }

  /** Tokens and n directions (n × dimension) → embedding and heat. */
  async runHead(tokens: Float32Array, directions: Float32Array): Promise<HeadOutput> {
    const { embedding: sizes, ct } = this.pack.manifest
    const output = await this.head.session.run({
      tokens: { type: 'float32', data: tokens, shape: [1, ...ct.tokenGrid, ct.tokenDimension] },
      directions: { type: 'float32', data: directions, shape: [directions.length / sizes.dimension, sizes.dimension] },
    })
    this.#expectNoGpuError()
    return { embedding: checkUnit(output.embedding.data, 'CT encoder'), heat: output.heat.data }
  }

  /** Embedding alone: one direction is given because the graph wants one. */
  async runEmbedding(tokens: Float32Array): Promise<Float32Array> {
    const direction = new Float32Array(this.pack.manifest.embedding.dimension)
    return (await this.runHead(tokens, direction)).embedding
  }

  /** The self-test, remembered or run now: stored input → cosine to the embedding PyTorch gave. */
  prove(proofs: ParityProofs, watch: RunWatch): Promise<ParityProof> {
    const { trunk, head } = this
    const probe = this.pack.manifest.ct.parity
    const proven = {
      provider: this.gpu ? ('webgpu' as const) : ('wasm' as const),
      adapter: this.gpu?.name ?? null,
      variants: [trunk.variant.variant, head.variant.variant],
      files: [trunk.variant, ...(trunk.variant.next ?? []), head.variant],
      probe,
    }
    return proveParity(proven, proofs, this.neededCosine, async () => {
      const tokens = await this.runTrunk(await loadProbeInput(this.pack.baseUrl, probe), watch)
      return toParityCosine(await this.runEmbedding(tokens), probe)
    })
  }

  /** Never rejects: on a lost device there may be nothing left to release. */
  async dispose(): Promise<void> {
    await Promise.allSettled([closeParts(this.trunk.parts), this.head.session.dispose()])
    this.gpu?.device.destroy()
  }

  /** Out of memory on the GPU reaches no caller; the result would be zeros or old numbers. */
  #expectNoGpuError(): void {
    const error = this.gpu?.takeError()
    if (!error) return
    throw new ProblemError({
      code: 'inference-failed',
      message: `The GPU reported an error during a run: ${error}`,
      nextStep: 'Choose wasm as the provider on the model page.',
    })
  }
}
