import type { DistributionStatistics } from '../domain/findings/outOfDistribution.ts'
import type { PromptBank } from '../domain/findings/prompts.ts'
import type { SaidScore } from '../domain/findings/saidScore.ts'
import type { Manifest } from '../domain/model/manifest.ts'

/** A pack whose small files have been fetched and checked. */
export interface LoadedPack {
  readonly manifest: Manifest
  readonly baseUrl: string
  readonly prompts: PromptBank
  /** How the pack reads what an utterance states. */
  readonly saidScore: SaidScore
  /** Unit embeddings of the library, float32 [cases, dimension]. */
  readonly library: Float32Array
  readonly distribution: DistributionStatistics | null
}
