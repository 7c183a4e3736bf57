import type { Manifest } from '../../domain/model/manifest.ts'
import { padAudio } from '../../domain/speech/windows.ts'
import type { PackSource, ReportProgress } from '../engines.ts'
import type { ParityProofs } from '../parityProofs.ts'
import type { VariantChoice } from './chooseProvider.ts'
import { type OpenGraph, openGraph } from './openGraph.ts'
import type { FloatTensor } from './ortSession.ts'
import { loadProbeInput, parityProblem, toParityCosine } from './parityProbe.ts'
import { proveParity } from './parityProof.ts'
import { countAttempts, openFirstSound, toFallback, toNeededCosine } from './variantAttempts.ts'

/** A speech encoder that passed the self-test. */
export interface CheckedSpeech {
  readonly encoder: OpenGraph
  readonly parityCosine: number
  readonly testedAt: number
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

type Speech = NonNullable<Manifest['speech']>

async function prove(encoder: OpenGraph, pack: PackSource, { parity, fixedSamples = 0 }: Speech, proofs: ParityProofs) {
  const needed = toNeededCosine([encoder.variant], parity)
  const { variant } = encoder
  const proven = {
    provider: 'wasm' as const,
    adapter: null,
    variants: [variant.variant],
    files: [variant],
    probe: parity,
  }
  const proof = await proveParity(proven, proofs, needed, async () => {
    const audio = padAudio(await loadProbeInput(pack.baseUrl, parity), fixedSamples)
    return toParityCosine((await runSpeech(encoder, audio)).embedding.data, parity)
  })
  // Also when the cosine is no number.
  if (!(proof.cosine >= needed)) throw parityProblem(WHAT, variant.variant, proof.cosine, needed)
  return proof
}

interface OpenSpeechOptions {
  readonly choice: VariantChoice
  readonly proofs: ParityProofs
  readonly onProgress: ReportProgress
}

/** Opens the first variant for wasm that passes the parity probe. Rejects with ProblemError. */
export async function openSpeech(
  pack: PackSource,
  speech: Speech,
  { choice, proofs, onProgress }: OpenSpeechOptions,
): Promise<CheckedSpeech> {
  const needs = { provider: 'wasm', hasShaderF16: false, choice } as const
  const { opened, refusal } = await openFirstSound(countAttempts([speech.encoder], needs), async (attempt) => {
    const place = { baseUrl: pack.baseUrl, backend: WASM, hasShaderF16: false, choice, attempt }
    const encoder = await openGraph(WHAT, speech.encoder, place, onProgress)
    onProgress(`Testing the ${WHAT}`, null)
    try {
      const { cosine, testedAt } = await prove(encoder, pack, speech, proofs)
      return { encoder, parityCosine: cosine, testedAt }
    } catch (thrown) {
      await encoder.session.dispose()
      throw thrown
    }
  })
  return { ...opened, fallback: toFallback(WHAT, opened.encoder.variant.variant, refusal) }
}
