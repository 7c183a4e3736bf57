import { dotProduct, matrixRow } from '../embedding/embedding.ts'
import { findingMargin, type PromptBank, type PromptKind } from './prompts.ts'

/** How firmly an utterance states a finding, −1 (denied) … 1 (affirmed), from its unit embedding. */
export type SaidScore = (embedding: Float32Array, finding: number) => number

/** cos⁺ − cos⁻: needs nothing but prompts, as in SpeechCT-CLIP. Findings said together lower one another's margin. */
export function scoreByPrompts(bank: PromptBank, kind: PromptKind): SaidScore {
  return (embedding, finding) => findingMargin(bank, finding, embedding, kind)
}

/**
 * Dual directions of the encoder's prototypes, float32 [2 · findings + 1, dimension]: present and absent of each finding, then
 * "nothing stated". An encoder that mixes prototypes p_k with weights w_k has the raw embedding Σ w_k p_k + p_nothing; the dual
 * d_k has d_k · p_j = 1 for k = j and else 0, so that (d_k · e) / (d_nothing · e) = w_k whatever the length was divided by.
 */
export interface ReadingDirections {
  readonly vectors: Float32Array
  readonly dimension: number
}

/** The larger of P(present) and P(absent), with its sign; 0 for an embedding in which nothing of the mixture is left. */
export function scoreByReading({ vectors, dimension }: ReadingDirections): SaidScore {
  const read = (embedding: Float32Array, row: number) => dotProduct(embedding, matrixRow(vectors, row, dimension))
  const last = vectors.length / dimension - 1
  return (embedding, finding) => {
    const unit = read(embedding, last)
    if (unit <= 0) return 0
    const toShare = (row: number) => Math.min(Math.max(read(embedding, row) / unit, 0), 1)
    const present = toShare(2 * finding)
    const absent = toShare(2 * finding + 1)
    return present >= absent ? present : -absent
  }
}
