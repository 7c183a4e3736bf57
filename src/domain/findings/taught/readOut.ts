import { assert } from '../../../base/assert.ts'
import { fitLogistic } from './logistic.ts'
import { principalComponents, toDot, toMean } from './principalComponents.ts'

/** One scan that shows a finding, or does not. */
export interface MarkedVector {
  readonly isPresent: boolean
  /** Unit embedding. */
  readonly embedding: Float32Array
  /** Unit direction of what the tokens at a marked place give to the embedding beyond the mean token; absent: none was marked. */
  readonly place?: Float32Array | null
}

/** A linear read-out of the embedding: P = σ(direction · e + offset). */
export interface ReadOut {
  /** [d]; its heat is exact, as of every direction. */
  readonly direction: Float32Array
  readonly offset: number
  /** Features that the examples were reduced to. */
  readonly components: number
}

/** Features at most: with ten examples more would be learnt by heart. */
const MOST_COMPONENTS = 8

/** From so many examples of each class on there is a read-out. */
export const LEAST_TO_FIT = 5

/** One direction of the embedding and where along it 0 lies: x = (direction · (e − mean)) / scale. */
interface Feature {
  readonly direction: Float64Array
  readonly scale: number
}

const along = (direction: Float64Array, vector: Float32Array): number =>
  direction.reduce((sum, value, n) => sum + value * vector[n], 0)

/** Unit mean of the places at which the finding was marked; null where none was, or they cancel one another. */
function toPlaceDirection(examples: readonly MarkedVector[]): Float64Array | null {
  const places = examples.flatMap(({ isPresent, place }) => (isPresent && place ? [place] : []))
  if (places.length === 0) return null
  const sum = new Float64Array(places[0].length)
  for (const place of places) for (let n = 0; n < sum.length; n++) sum[n] += place[n]
  const length = Math.hypot(...sum)
  return length > 1e-9 ? sum.map((value) => value / length) : null
}

/** Standard deviation along a direction (divided by n); 0 where the vectors are equal in it. */
function toScale(direction: Float64Array, vectors: readonly Float32Array[]): number {
  const values = vectors.map((vector) => along(direction, vector))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/** Variance below this is rounding of unit vectors. */
const LEAST_SCALE = 1e-6

/**
 * What embeddings are reduced to: how far each goes the way of the marked places, in units of its own spread, and the principal
 * components of what is left, in units of the first one's.
 */
function toFeatures(examples: readonly MarkedVector[]): { readonly mean: Float64Array; readonly features: Feature[] } {
  const vectors = examples.map(({ embedding }) => embedding)
  const place = toPlaceDirection(examples)
  const placeScale = place ? toScale(place, vectors) : 0
  const isPlaced = place !== null && placeScale > LEAST_SCALE
  const rest = isPlaced
    ? vectors.map((vector) => {
        const share = along(place, vector)
        return vector.map((value, n) => value - share * place[n])
      })
    : vectors
  const { directions, scale } = principalComponents(rest, MOST_COMPONENTS - Number(isPlaced))
  const own = isPlaced ? [{ direction: place, scale: placeScale }] : []
  return { mean: toMean(vectors), features: [...own, ...directions.map((direction) => ({ direction, scale }))] }
}

/**
 * Embeddings reduced to eight features at most: the way to the marked places, where places were marked, and principal components;
 * logistic regression with C = 1 over these, written out as one direction over the embedding.
 */
export function fitReadOut(examples: readonly MarkedVector[]): ReadOut {
  const dimension = examples[0]?.embedding.length ?? 0
  assert(
    examples.every(({ embedding }) => embedding.length === dimension),
    'embeddings of one length',
  )
  const { mean, features } = toFeatures(examples)
  const x = examples.map(({ embedding }) =>
    features.map((feature) => (along(feature.direction, embedding) - toDot(feature.direction, mean)) / feature.scale),
  )
  const { weights, offset } = fitLogistic(
    x,
    examples.map(({ isPresent }) => isPresent),
  )
  const direction = new Float64Array(dimension)
  features.forEach((feature, k) => {
    for (let n = 0; n < dimension; n++) direction[n] += (weights[k] / feature.scale) * feature.direction[n]
  })
  const shifted = offset - toDot(direction, mean)
  return { direction: Float32Array.from(direction), offset: shifted, components: features.length }
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
