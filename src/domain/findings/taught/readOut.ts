import { assert } from '../../../base/assert.ts'
import { fitLogistic } from './logistic.ts'
import { principalComponents, toComponents } from './principalComponents.ts'

/** One scan that shows a finding, or does not. */
export interface MarkedVector {
  readonly isPresent: boolean
  /** Unit embedding. */
  readonly embedding: Float32Array
}

/** A linear read-out of the embedding: P = σ(direction · e + offset). */
export interface ReadOut {
  /** [d]; its heat is exact, as of every direction. */
  readonly direction: Float32Array
  readonly offset: number
  /** Components that the examples were reduced to. */
  readonly components: number
}

/** Features at most: with ten examples more would be learnt by heart. */
const MOST_COMPONENTS = 8

/** From so many examples of each class on there is a read-out. */
export const LEAST_TO_FIT = 5

/**
 * Embeddings reduced to their principal components (eight at most, in units of the first one's standard deviation), logistic
 * regression with C = 1 over these; written out as one direction over the embedding.
 */
export function fitReadOut(examples: readonly MarkedVector[]): ReadOut {
  const dimension = examples[0]?.embedding.length ?? 0
  assert(
    examples.every(({ embedding }) => embedding.length === dimension),
    'embeddings of one length',
  )
  const reduced = principalComponents(
    examples.map(({ embedding }) => embedding),
    MOST_COMPONENTS,
  )
  const x = examples.map(({ embedding }) => toComponents(reduced, embedding))
  const { weights, offset } = fitLogistic(
    x,
    examples.map(({ isPresent }) => isPresent),
  )
  const direction = new Float64Array(dimension)
  reduced.directions.forEach((component, k) => {
    for (let n = 0; n < dimension; n++) direction[n] += (weights[k] / reduced.scale) * component[n]
  })
  const atMean = direction.reduce((sum, value, n) => sum + value * reduced.mean[n], 0)
  return { direction: Float32Array.from(direction), offset: offset - atMean, components: reduced.directions.length }
}

export function readOutLogit(
  { direction, offset }: Pick<ReadOut, 'direction' | 'offset'>,
  embedding: Float32Array,
): number {
  let logit = offset
  for (let n = 0; n < direction.length; n++) logit += direction[n] * embedding[n]
  return logit
}

/** What a few examples can tell: between these a scan is called unsure. */
export const OWN_LIMITS = { present: 2 / 3, absent: 1 / 3 } as const

/** A call by probability with the limits of what was taught. */
export function callOf(probability: number): 'present' | 'unsure' | 'absent' {
  if (probability >= OWN_LIMITS.present) return 'present'
  return probability <= OWN_LIMITS.absent ? 'absent' : 'unsure'
}
