import type { Manifest } from '../domain/model/manifest.ts'
import type { VariantChoice } from './chooseProvider.ts'
import type { PackSource, ReportProgress } from './engines.ts'
import { type OpenGraph, openGraph } from './openGraph.ts'
import type { FloatTensor } from './ortSession.ts'
import { loadProbeInput, parityProblem, toParityCosine } from './parityProbe.ts'
import { countAttempts, openFirstSound, toFallback, toNeededCosine } from './variantAttempts.ts'

/** A speech encoder that passed the self-test. */
export interface CheckedSpeech {
  readonly encoder: OpenGraph
  readonly parityCosine: number
  /** Why another variant runs than the one that the pack prefers. */
  readonly fallback: string | null
}

const WHAT = 'speech encoder'
const WASM = { provider: 'wasm' } as const

/** Audio f32 [samples] → the graph's outputs. Rejects with ProblemError. */
export const runSpeech = (
  { session }: OpenGraph,
  audio: Float32Array,
): Promise<Readonly<Record<string, FloatTensor>>> =>
  session.run({ audio: { type: 'float32', data: audio, shape: [1, audio.length] } })

async function measure(encoder: OpenGraph, pack: PackSource, { parity }: NonNullable<Manifest['speech']>) {
  const { embedding } = await runSpeech(encoder, await loadProbeInput(pack.baseUrl, parity))
  const parityCosine = toParityCosine(embedding.data, parity)
  const needed = toNeededCosine([encoder.variant], parity)
  // Also when the cosine is no number.
  if (!(parityCosine >= needed)) throw parityProblem(WHAT, encoder.variant.variant, parityCosine, needed)
  return parityCosine
}

/** Opens the first variant for wasm that passes the parity probe. Rejects with ProblemError. */
export async function openSpeech(
  pack: PackSource,
  speech: NonNullable<Manifest['speech']>,
  choice: VariantChoice,
  onProgress: ReportProgress,
): Promise<CheckedSpeech> {
  const needs = { provider: 'wasm', hasShaderF16: false, choice } as const
  const { opened, refusal } = await openFirstSound(countAttempts([speech.encoder], needs), async (attempt) => {
    const place = { baseUrl: pack.baseUrl, backend: WASM, hasShaderF16: false, choice, attempt }
    const encoder = await openGraph(WHAT, speech.encoder, place, onProgress)
    onProgress(`Testing the ${WHAT}`, null)
    try {
      return { encoder, parityCosine: await measure(encoder, pack, speech) }
    } catch (thrown) {
      await encoder.session.dispose()
      throw thrown
    }
  })
  return { ...opened, fallback: toFallback(WHAT, opened.encoder.variant.variant, refusal) }
}
