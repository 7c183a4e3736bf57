import { dotProduct, toUnit } from '../../embedding/embedding.ts'
import type { SeenFinding } from '../seen.ts'
import type { OwnFigure } from './judgeExamples.ts'
import { sigmoid } from './logistic.ts'
import type { OwnFinding, OwnPrompt } from './ownFinding.ts'
import { callOf, OWN_LIMITS, type ReadOut, readOutLogit } from './readOut.ts'

/** A finding of one's own with what its examples came to. */
export interface FittedFinding {
  readonly finding: OwnFinding
  /** Null below five examples of each class. */
  readonly readOut: ReadOut | null
  readonly figure: OwnFigure | null
}

/** m = cos(e, p⁺) − cos(e, p⁻), P = σ(e^T · m): zero-shot, as CT-CLIP scores, and not calibrated. */
function seenByPrompt({ positive, negative }: OwnPrompt, embedding: Float32Array, logitScale: number) {
  const margin = dotProduct(embedding, positive) - dotProduct(embedding, negative)
  return { margin, probability: sigmoid(logitScale * margin), threshold: 0.5 }
}

/** Examples come before a prompt; null where there is neither enough of the one nor the other. */
export function toOwnSeen(
  { finding, readOut }: FittedFinding,
  embedding: Float32Array,
  logitScale: number,
): SeenFinding | null {
  const { id, prompt } = finding
  if (readOut) {
    const margin = readOutLogit(readOut, embedding)
    const probability = sigmoid(margin)
    return { id, margin, probability, threshold: OWN_LIMITS.present, seen: callOf(probability) }
  }
  if (!prompt) return null
  const seen = seenByPrompt(prompt, embedding, logitScale)
  return { id, ...seen, seen: seen.probability >= seen.threshold ? 'present' : 'absent' }
}

/** The direction whose heat shows why; not of unit length. Null where there is no read-out and no prompt. */
export function ownDirection({ finding: { prompt }, readOut }: FittedFinding): Float32Array | null {
  if (readOut) return readOut.direction
  return prompt ? prompt.positive.map((value, n) => value - prompt.negative[n]) : null
}

/** The same as a query: a unit vector. */
export function ownQuery(fitted: FittedFinding): Float32Array | null {
  const direction = ownDirection(fitted)
  return direction && toUnit(direction)
}
