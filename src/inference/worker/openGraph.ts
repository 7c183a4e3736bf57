import { ProblemError } from '../../base/result.ts'
import type { GraphVariant, TrunkVariant } from '../../domain/model/manifest.ts'
import type { ReportProgress } from '../engines.ts'
import { chooseVariant, type VariantChoice } from './chooseProvider.ts'
import { GraphLoader } from './graphLoader.ts'
import type { Backend, OrtSession } from './ortSession.ts'
import type { GraphRun } from './runParts.ts'

export interface OpenGraph {
  readonly session: OrtSession
  readonly variant: GraphVariant
}

/** A trunk as the chain of its parts; one part where the pack has it whole. */
export interface OpenTrunk {
  readonly parts: readonly GraphRun[]
  readonly variant: TrunkVariant
}

export interface GraphPlace {
  readonly baseUrl: string
  readonly backend: Backend
  readonly hasShaderF16: boolean
  readonly choice: VariantChoice
  /** From 0; each later one takes the next variant. */
  readonly attempt: number
}

function expectVariant<V extends GraphVariant>(name: string, graph: readonly V[], place: GraphPlace): V {
  const variant = chooseVariant(graph, { ...place, provider: place.backend.provider }, place.attempt)
  if (variant) return variant
  throw new ProblemError({
    code: 'inference-failed',
    message: `The pack has no variant of the ${name} for ${place.backend.provider}.`,
    nextStep: 'Choose another provider on the model page.',
  })
}

/** Fetches the one variant of this attempt, checked, and opens its session. Rejects with ProblemError. */
export async function openGraph(
  name: string,
  graph: readonly GraphVariant[],
  place: GraphPlace,
  onProgress: ReportProgress,
): Promise<OpenGraph> {
  const variant = expectVariant(name, graph, place)
  const loader = new GraphLoader([variant], place, { name: `${name} (${variant.variant})`, onProgress })
  return { session: await loader.open(variant), variant }
}

/** `openGraph` for a trunk: its parts one after the other, so that the bytes of one at most lie beside the heap. */
export async function openTrunk(
  name: string,
  graph: readonly TrunkVariant[],
  place: GraphPlace,
  onProgress: ReportProgress,
): Promise<OpenTrunk> {
  const variant = expectVariant(name, graph, place)
  const files = [variant, ...(variant.next ?? [])]
  const loader = new GraphLoader(files, place, { name: `${name} (${variant.variant})`, onProgress })
  const parts: GraphRun[] = []
  try {
    for (const file of files)
      parts.push({ session: await loader.open(file), slabs: file.slabs ?? 1, work: file.work ?? 1 / files.length })
    return { parts, variant }
  } catch (thrown) {
    await closeParts(parts)
    throw thrown
  }
}

/** Never rejects. */
export async function closeParts(parts: readonly GraphRun[]): Promise<void> {
  await Promise.allSettled(parts.map(({ session }) => session.dispose()))
}
