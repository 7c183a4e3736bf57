import { snapSpacingMm } from '../geometry/spacing.ts'
import type { AxisPlacement } from './axisPlacement.ts'

/** Which source voxels the tensor reads along one axis; only what the crop keeps. */
export interface AxisSampling extends AxisPlacement {
  /** First tensor index that the volume reaches (padding lies before it). */
  readonly firstTarget: number
  /** Lower and upper source index, and the weight of the upper one, for every tensor index from `firstTarget` on. */
  readonly lower: Int32Array
  readonly upper: Int32Array
  readonly upperWeight: Float64Array
}

/** How many source voxels there are along the axis and what the tensor wants. */
export interface AxisRequest {
  readonly sourceSize: number
  readonly sourceSpacingMm: number
  readonly targetSize: number
  readonly targetSpacingMm: number
  readonly flipped: boolean
}

/**
 * Resample, centre crop and pad of one axis. Resampling follows torch's `interpolate(mode='trilinear',
 * align_corners=False)`: source = (target + 0.5) · n / N − 0.5, held inside [0, n − 1]; N = trunc(n · spacing / target
 * spacing), at least 1 (torch would refuse 0). Crop start and padding before are floor of half the difference.
 */
export function toAxisSampling(request: AxisRequest): AxisSampling {
  const { sourceSize, targetSize } = request
  // The quotient first: CT-CLIP computes int(n * (spacing / target)), and the order decides at whole numbers.
  const resampledSize = Math.max(
    1,
    Math.trunc(sourceSize * (snapSpacingMm(request.sourceSpacingMm) / request.targetSpacingMm)),
  )
  const cropStart = Math.max(Math.floor((resampledSize - targetSize) / 2), 0)
  const padBefore = Math.max(Math.floor((targetSize - resampledSize) / 2), 0)
  const count = Math.min(resampledSize, targetSize)
  const sourceStep = sourceSize / resampledSize
  const lower = new Int32Array(count)
  const upper = new Int32Array(count)
  const upperWeight = new Float64Array(count)
  const toStored = (index: number) => (request.flipped ? sourceSize - 1 - index : index)
  for (let n = 0; n < count; n++) {
    const source = Math.max(0, (n + cropStart + 0.5) * sourceStep - 0.5)
    const below = Math.min(Math.floor(source), sourceSize - 1)
    lower[n] = toStored(below)
    upper[n] = toStored(Math.min(below + 1, sourceSize - 1))
    upperWeight[n] = source - below
  }
  const sourceOfZero = (cropStart - padBefore + 0.5) * sourceStep - 0.5
  return { firstTarget: padBefore, lower, upper, upperWeight, sourceOfZero, sourceStep }
}
