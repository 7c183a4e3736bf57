import { assert } from '../../base/assert.ts'
import { matrixRow } from '../embedding/embedding.ts'
import type { FindingCalibration, SeenFinding } from './seen.ts'

/** A trained layer over the CT embedding: float32 [findings, dimension + 1], of each finding its weights, then its bias. */
export interface ClassifierHead {
  readonly weights: Float32Array
  readonly dimension: number
}

export function toClassifierHead(weights: Float32Array, dimension: number, findingCount: number): ClassifierHead {
  assert(weights.length === findingCount * (dimension + 1), `classifier of ${weights.length} numbers`)
  return { weights, dimension }
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))

/** w · relu(e) + b of one finding, e the unit embedding (CT-LiPro, `ct_lipro_inference.py`; dropout does nothing here). */
export function classifierLogit(
  { weights, dimension }: ClassifierHead,
  finding: number,
  embedding: Float32Array,
): number {
  const row = matrixRow(weights, finding, dimension + 1)
  let logit = row[dimension]
  for (let n = 0; n < dimension; n++) if (embedding[n] > 0) logit += row[n] * embedding[n]
  return logit
}

/**
 * All findings in the order of the manifest: P = σ(logit). The margin and the thresholds of the manifest are logits here.
 */
export function toClassifiedFindings(
  embedding: Float32Array,
  head: ClassifierHead,
  findings: readonly FindingCalibration[],
): SeenFinding[] {
  return findings.map(({ id, thresholds: { ct } }, finding) => {
    const margin = classifierLogit(head, finding, embedding)
    const seen = margin >= ct.present ? 'present' : margin <= ct.absent ? 'absent' : 'unsure'
    return { id, margin, probability: sigmoid(margin), threshold: sigmoid(ct.present), seen }
  })
}

/**
 * The direction whose dot product with this embedding is the logit without its bias: the weights where the embedding is
 * positive, and 0 where the activation is. Its heat is exact, too. Not of unit length.
 */
export function classifierDirection(
  { weights, dimension }: ClassifierHead,
  finding: number,
  embedding: Float32Array,
): Float32Array {
  const row = matrixRow(weights, finding, dimension + 1)
  return embedding.map((value, n) => (value > 0 ? row[n] : 0))
}
