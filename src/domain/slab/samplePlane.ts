import type { Projection } from './projectLayers.ts'
import type { PlaneAxes, SlabPlane } from './slabPlane.ts'

/** For every pixel along one direction: the voxel before it, the one behind it, and how far it lies between them. */
interface Ramp {
  readonly before: Int32Array
  readonly behind: Int32Array
  /** 0…1; NaN outside the volume. */
  readonly share: Float32Array
}

/** A voxel reaches half a step around its centre, where it is repeated. */
function toRamp(at: number, step: number, pixels: number, count: number, stride: number): Ramp {
  const ramp = { before: new Int32Array(pixels), behind: new Int32Array(pixels), share: new Float32Array(pixels) }
  for (let n = 0; n < pixels; n++) {
    const place = at + n * step
    const inside = Math.min(count - 1, Math.max(0, place))
    const before = Math.min(Math.max(0, count - 2), Math.floor(inside))
    ramp.before[n] = before * stride
    ramp.behind[n] = Math.min(count - 1, before + 1) * stride
    ramp.share[n] = place < -0.5 || place > count - 0.5 ? Number.NaN : inside - before
  }
  return ramp
}

/**
 * Draws a projection on the pixels of a plane, linearly between voxels: HU a pixel, row by row, NaN outside the volume. `out`
 * needs width · height values.
 */
export function samplePlane(projection: Projection, plane: SlabPlane, axes: PlaneAxes, out: Float32Array): void {
  const { hu } = projection
  const isTurned = axes.x > axes.y
  const [sizeX, sizeY] = isTurned ? [projection.height, projection.width] : [projection.width, projection.height]
  const [strideX, strideY] = isTurned ? [projection.width, 1] : [1, projection.width]
  const x = toRamp(plane.at[axes.x], plane.perX[axes.x], plane.width, sizeX, strideX)
  const y = toRamp(plane.at[axes.y], plane.perY[axes.y], plane.height, sizeY, strideY)
  for (let row = 0; row < plane.height; row++) {
    const [above, below, down] = [y.before[row], y.behind[row], y.share[row]]
    for (let n = 0, at = row * plane.width; n < plane.width; n++, at++) {
      const [left, right, across] = [x.before[n], x.behind[n], x.share[n]]
      const upper = hu[above + left] + (hu[above + right] - hu[above + left]) * across
      const lower = hu[below + left] + (hu[below + right] - hu[below + left]) * across
      out[at] = upper + (lower - upper) * down
    }
  }
}
