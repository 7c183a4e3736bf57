import { assert } from '../../base/assert.ts'

/** Inner product of two vectors of the same length. For unit vectors it is their cosine. */
export function dotProduct(a: Float32Array, b: Float32Array): number {
  assert(a.length === b.length, `embedding lengths ${a.length} and ${b.length}`)
  let sum = 0
  for (let n = 0; n < a.length; n++) sum += a[n] * b[n]
  return sum
}

/** The vector scaled to length 1; a zero vector stays zero. */
export function toUnit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dotProduct(vector, vector))
  return length > 0 ? vector.map((value) => value / length) : vector.slice()
}

/** Row `index` of a row-major matrix with rows of `dimension` numbers; a view, not a copy. */
export function matrixRow(matrix: Float32Array, index: number, dimension: number): Float32Array {
  assert((index + 1) * dimension <= matrix.length, `row ${index} of ${matrix.length / dimension}`)
  return matrix.subarray(index * dimension, (index + 1) * dimension)
}
