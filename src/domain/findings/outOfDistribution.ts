import { assert } from '../../base/assert.ts'
import type { Vec3 } from '../volume/volume.ts'

/** How far a scan's tokens lie from those of the cases the encoder was trained on; a distance above `limit` is foreign. */
export interface DistributionStatistics {
  /** [d]. */
  readonly mean: Float32Array
  /** Inverse covariance [d, d], or, with `regions`, a whitening projection [components, d]. */
  readonly matrix: Float32Array
  readonly form: 'inverse-covariance' | 'projection'
  /** What lies at a distance: mean tokens of the regions, or the unit embedding. */
  readonly space: 'tokens' | 'embedding'
  readonly limit: number
}

/** The part `outOfDistribution` of the manifest, without the file's name. */
export interface DistributionSpec {
  /** There wherever there are statistics. */
  readonly limit?: number
  readonly regions?: Vec3
  readonly components?: number
  readonly space?: 'tokens' | 'embedding'
}

const WHOLE_GRID: Vec3 = [1, 1, 1]

/** Splits the pack's file: float32 mean [d], then the matrix; d = regions · width of a token, or that of the embedding. */
export function toDistributionStatistics(
  file: Float32Array,
  width: number,
  { limit, regions, components, space = 'tokens' }: DistributionSpec,
): DistributionStatistics {
  const d = (regions ?? WHOLE_GRID).reduce((all, parts) => all * parts, width)
  const rows = components ?? d
  assert(limit !== undefined, 'statistics without a limit')
  assert(file.length === d + rows * d, `statistics of ${file.length} numbers for ${rows} × ${d}`)
  const form = regions ? 'projection' : 'inverse-covariance'
  return { mean: file.subarray(0, d), matrix: file.subarray(d), form, limit, space }
}

/**
 * Mean token of every region, one after the other, [regions · dimension]: the grid is cut in equal parts along each axis,
 * the last axis runs fastest. Where things lie in the scan is what tells a turned one from an upright one.
 */
export function toRegionMeans(tokens: Float32Array, grid: Vec3, dimension: number, regions = WHOLE_GRID): Float32Array {
  const sums = new Float64Array(regions[0] * regions[1] * regions[2] * dimension)
  const sizes = grid.map((count, axis) => count / regions[axis])
  let at = 0
  for (let a = 0; a < grid[0]; a++)
    for (let b = 0; b < grid[1]; b++)
      for (let c = 0; c < grid[2]; c++) {
        const plane = Math.floor(a / sizes[0]) * regions[1] + Math.floor(b / sizes[1])
        const to = (plane * regions[2] + Math.floor(c / sizes[2])) * dimension
        for (let n = 0; n < dimension; n++) sums[to + n] += tokens[at++]
      }
  const tokensEach = sizes[0] * sizes[1] * sizes[2]
  return Float32Array.from(sums, (sum) => sum / tokensEach)
}

/** Mahalanobis distance √((x − μ)ᵀ Σ⁻¹ (x − μ)) of region means (Lee et al. 2018, one class); as a projection, |P (x − μ)|. */
export function mahalanobisDistance(x: Float32Array, { mean, matrix, form }: DistributionStatistics): number {
  const d = mean.length
  assert(x.length === d, `region means of ${x.length} numbers for d = ${d}`)
  const difference = Float64Array.from(x, (value, n) => value - mean[n])
  let sum = 0
  for (let row = 0; row < matrix.length / d; row++) {
    let inner = 0
    for (let column = 0; column < d; column++) inner += matrix[row * d + column] * difference[column]
    sum += (form === 'projection' ? inner : difference[row]) * inner
  }
  return Math.sqrt(Math.max(0, sum))
}
