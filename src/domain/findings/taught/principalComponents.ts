import { symmetricEigen } from './symmetricEigen.ts'

/** What a few vectors differ in most. */
export interface PrincipalComponents {
  /** Unit directions, that of the greatest variance first, each [d]. */
  readonly directions: readonly Float64Array[]
  /** Standard deviation along the first direction (of the examples themselves: divided by n). */
  readonly scale: number
}

/** A direction with less than this share of the first one's variance is rounding. */
const LEAST_SHARE = 1e-9

export function toMean(rows: readonly Float32Array[]): Float64Array {
  const mean = new Float64Array(rows[0].length)
  for (const row of rows) for (let n = 0; n < mean.length; n++) mean[n] += row[n] / rows.length
  return mean
}

export function toDot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let n = 0; n < a.length; n++) sum += a[n] * b[n]
  return sum
}

/**
 * At most `most` principal components of n vectors [d], by the Gram matrix [n, n], which is small where examples are few.
 * None where all vectors are equal.
 */
export function principalComponents(rows: readonly Float32Array[], most: number): PrincipalComponents {
  const n = rows.length
  const mean = toMean(rows)
  const centred = rows.map((row) => Float64Array.from(row, (value, at) => value - mean[at]))
  const gram = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) gram[i * n + j] = gram[j * n + i] = toDot(centred[i], centred[j])
  const { values, vectors } = symmetricEigen(gram, n)
  const count = Math.min(most, n - 1)
  const directions: Float64Array[] = []
  for (let k = 0; k < count && values[k] > Math.max(values[0] * LEAST_SHARE, 1e-12); k++) {
    const direction = new Float64Array(mean.length)
    centred.forEach((row, i) => {
      const weight = vectors[k * n + i] / Math.sqrt(values[k])
      for (let at = 0; at < direction.length; at++) direction[at] += weight * row[at]
    })
    directions.push(direction)
  }
  return { directions, scale: directions.length > 0 ? Math.sqrt(values[0] / n) : 1 }
}
