import { ProblemError } from '../base/result.ts'
import type { GraphVariant } from '../domain/model/manifest.ts'
import { chooseVariant } from './chooseProvider.ts'
import type { ReportProgress } from './engines.ts'
import { type Backend, type OrtSession, openSession } from './ortSession.ts'
import { loadPackFile, orThrow } from './packFiles.ts'

export interface OpenGraph {
  readonly session: OrtSession
  readonly variant: GraphVariant['variant']
}

export interface GraphPlace {
  readonly baseUrl: string
  readonly backend: Backend
  readonly hasShaderF16: boolean
}

const toMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

/** Fetches the variant for the backend, checked, and opens its session. Rejects with ProblemError. */
export async function openGraph(
  name: string,
  graph: readonly GraphVariant[],
  place: GraphPlace,
  onProgress: ReportProgress,
): Promise<OpenGraph> {
  const variant = chooseVariant(graph, place.backend.provider, place.hasShaderF16)
  if (!variant)
    throw new ProblemError({
      code: 'inference-failed',
      message: `The pack has no variant of the ${name} for ${place.backend.provider}.`,
      nextStep: 'Choose another provider on the model page.',
    })
  const label = `Loading the ${name} (${toMegabytes(variant.bytes)} MB)`
  onProgress(label, 0)
  const bytes = await orThrow(loadPackFile(place.baseUrl, variant, (got, all) => onProgress(label, got / all)))
  onProgress(`Preparing the ${name}`, null)
  return { session: await openSession(bytes, place.backend, variant.file), variant: variant.variant }
}
