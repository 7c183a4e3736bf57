import { ProblemError } from '../base/result.ts'
import type { GraphVariant } from '../domain/model/manifest.ts'
import { chooseVariant, type VariantChoice } from './chooseProvider.ts'
import type { ReportProgress } from './engines.ts'
import { type Backend, type OrtSession, openSession } from './ortSession.ts'
import { loadPackFile, orThrow } from './packFiles.ts'

export interface OpenGraph {
  readonly session: OrtSession
  readonly variant: GraphVariant
}

export interface GraphPlace {
  readonly baseUrl: string
  readonly backend: Backend
  readonly hasShaderF16: boolean
  readonly choice: VariantChoice
  /** From 0; each later one takes the next variant. */
  readonly attempt: number
}

const toMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

/** Fetches the one variant of this attempt, checked, and opens its session. Rejects with ProblemError. */
export async function openGraph(
  name: string,
  graph: readonly GraphVariant[],
  place: GraphPlace,
  onProgress: ReportProgress,
): Promise<OpenGraph> {
  const variant = chooseVariant(graph, { ...place, provider: place.backend.provider }, place.attempt)
  if (!variant)
    throw new ProblemError({
      code: 'inference-failed',
      message: `The pack has no variant of the ${name} for ${place.backend.provider}.`,
      nextStep: 'Choose another provider on the model page.',
    })
  const label = `Loading the ${name} (${variant.variant}, ${toMegabytes(variant.bytes)} MB)`
  onProgress(label, 0)
  const bytes = await orThrow(loadPackFile(place.baseUrl, variant, (got, all) => onProgress(label, got / all)))
  onProgress(`Preparing the ${name}`, null)
  return { session: await openSession(bytes, place.backend, variant.file), variant }
}
