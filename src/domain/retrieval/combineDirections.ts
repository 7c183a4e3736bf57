import { assert } from '../../base/assert.ts'
import { toUnit } from '../embedding/embedding.ts'

/** One part of a query in the common space. */
export interface WeightedDirection {
  /** Unit, f32[dimension]. */
  readonly direction: Float32Array
  /** Above 0: cases like it. Below 0: cases unlike it. */
  readonly weight: number
}

/** Below this length what is wanted and what is not wanted are one and the same. */
const LEAST_LENGTH = 1e-3

/**
 * The unit direction of Σ w·u: cosines with it order cases as the weighted sum of their cosines with the parts does.
 * Null where the parts cancel one another.
 */
export function combineDirections(parts: readonly WeightedDirection[]): Float32Array | null {
  if (parts.length === 0) return null
  const sum = new Float32Array(parts[0].direction.length)
  for (const { direction, weight } of parts) {
    assert(direction.length === sum.length, `directions of ${direction.length} and ${sum.length} numbers`)
    for (let n = 0; n < sum.length; n++) sum[n] += weight * direction[n]
  }
  return Math.hypot(...sum) < LEAST_LENGTH ? null : toUnit(sum)
}
