import { assert } from '../../base/assert.ts'

/** Mean [d] and inverse covariance [d, d] of the mean token over validation cases; distance above `limit` is foreign. */
export interface DistributionStatistics {
  readonly mean: Float32Array
  readonly inverseCovariance: Float32Array
  readonly limit: number
}

/** Splits the pack's file: float32 mean [d], then inverse covariance [d²]. */
export function toDistributionStatistics(file: Float32Array, dimension: number, limit: number): DistributionStatistics {
  assert(file.length === dimension + dimension * dimension, `statistics of ${file.length} numbers for d = ${dimension}`)
  return { mean: file.subarray(0, dimension), inverseCovariance: file.subarray(dimension), limit }
}

/** Mahalanobis distance √((x − μ)ᵀ Σ⁻¹ (x − μ)) of a mean token (Lee et al. 2018, one class). */
export function mahalanobisDistance(x: Float32Array, statistics: DistributionStatistics): number {
  const d = statistics.mean.length
  assert(x.length === d, `mean token of ${x.length} numbers for d = ${d}`)
  const difference = x.map((value, n) => value - statistics.mean[n])
  let sum = 0
  for (let row = 0; row < d; row++) {
    let inner = 0
    for (let column = 0; column < d; column++)
      inner += statistics.inverseCovariance[row * d + column] * difference[column]
    sum += difference[row] * inner
  }
  return Math.sqrt(Math.max(0, sum))
}
