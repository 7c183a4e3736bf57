import { dotProduct } from '../../domain/embedding/embedding.ts'
import type { TextTower } from '../../domain/model/manifest.ts'
import type { TextTokenizer } from '../../domain/text/tokenizer.ts'
import type { PackSource, ReportProgress } from '../engines.ts'
import type { VariantChoice } from './chooseProvider.ts'
import { type OpenGraph, openGraph } from './openGraph.ts'
import { checkUnit, parityProblem } from './parityProbe.ts'
import { countAttempts, openFirstSound, toFallback } from './variantAttempts.ts'

/** A text encoder that passed the self-test. */
export interface CheckedText {
  readonly encoder: OpenGraph
  readonly parityCosine: number
  /** Why another variant runs than the one that the pack prefers. */
  readonly fallback: string | null
}

const WHAT = 'text encoder'
const WASM = { provider: 'wasm' } as const

/** Ids int64 [tokens] → unit embedding f32 [dimension]. Rejects with ProblemError. */
export async function runText({ session }: OpenGraph, ids: BigInt64Array): Promise<Float32Array> {
  const { embedding } = await session.run({ ids: { type: 'int64', data: ids, shape: [1, ids.length] } })
  return checkUnit(embedding.data, WHAT)
}

async function prove(encoder: OpenGraph, tokenizer: TextTokenizer, { parity }: TextTower): Promise<number> {
  const embedding = await runText(encoder, tokenizer.toIds(parity.text))
  const cosine = dotProduct(embedding, Float32Array.from(parity.expected))
  const needed = encoder.variant.minCosine ?? parity.minCosine
  if (!(cosine >= needed)) throw parityProblem(WHAT, encoder.variant.variant, cosine, needed)
  return cosine
}

/**
 * Opens the first variant for wasm that gives the probe's sentence the embedding that PyTorch gave it: tokenizer and
 * graph are tested as one. Rejects with ProblemError.
 */
export async function openText(
  { baseUrl }: PackSource,
  text: TextTower,
  tokenizer: TextTokenizer,
  { choice, onProgress }: { readonly choice: VariantChoice; readonly onProgress: ReportProgress },
): Promise<CheckedText> {
  const needs = { provider: 'wasm', hasShaderF16: false, choice } as const
  const { opened, refusal } = await openFirstSound(countAttempts([text.encoder], needs), async (attempt) => {
    const place = { baseUrl, backend: WASM, hasShaderF16: false, choice, attempt }
    const encoder = await openGraph(WHAT, text.encoder, place, onProgress)
    try {
      return { encoder, parityCosine: await prove(encoder, tokenizer, text) }
    } catch (thrown) {
      await encoder.session.dispose()
      throw thrown
    }
  })
  return { ...opened, fallback: toFallback(WHAT, opened.encoder.variant.variant, refusal) }
}
