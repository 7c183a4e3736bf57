import { dotProduct, matrixRow, toUnit } from '../embedding/embedding.ts'

export type PromptKind = 'text' | 'speech'

/** Prompt embeddings of a pack: float32 [findings, 2 (positive, negative), 2 (text, speech), dimension], unit vectors. */
export interface PromptBank {
  readonly vectors: Float32Array
  readonly dimension: number
}

/** Embedding of "{X} is present." (positive) or "{X} is not present." as text or as spoken. */
function promptVector(
  bank: PromptBank,
  finding: number,
  polarity: 'positive' | 'negative',
  kind: PromptKind,
): Float32Array {
  const row = finding * 4 + (polarity === 'positive' ? 0 : 2) + (kind === 'text' ? 0 : 1)
  return matrixRow(bank.vectors, row, bank.dimension)
}

/** m = cos(e, p⁺) − cos(e, p⁻) of one finding: the zero-shot evidence before temperature (CT-CLIP, zero_shot.py). */
export function findingMargin(bank: PromptBank, finding: number, embedding: Float32Array, kind: PromptKind): number {
  const positive = dotProduct(embedding, promptVector(bank, finding, 'positive', kind))
  return positive - dotProduct(embedding, promptVector(bank, finding, 'negative', kind))
}

/** Unit vector along p⁺ − p⁻: the direction whose heat shows why a finding is called present. */
export function findingDirection(bank: PromptBank, finding: number, kind: PromptKind): Float32Array {
  const negative = promptVector(bank, finding, 'negative', kind)
  return toUnit(promptVector(bank, finding, 'positive', kind).map((value, n) => value - negative[n]))
}
