import { type AxisCode, findClosestAxes, type GridAxis } from '../volume/closestAxes.ts'
import type { VolumeGeometry } from '../volume/volume.ts'
import type { TrilinearInputSpec } from './ctInputSpec.ts'
import { type AxisSampling, toAxisSampling } from './resampleAxis.ts'

/** One axis of the encoder's input, found in the volume. */
export interface TensorAxis extends GridAxis {
  readonly sampling: AxisSampling
  /** Distance in the tensor of neighbours along this axis. */
  readonly stride: number
}

export type TensorAxes = readonly [TensorAxis, TensorAxis, TensorAxis]

/** The three axes in the tensor's order, slowest first. */
export function toTensorAxes(geometry: VolumeGeometry, spec: TrilinearInputSpec): TensorAxes {
  const codes = [...spec.axisCodes] as [AxisCode, AxisCode, AxisCode]
  const found = findClosestAxes(geometry.directionLps, codes)
  const strides = [spec.shape[1] * spec.shape[2], spec.shape[2], 1]
  const toTensorAxis = (n: 0 | 1 | 2): TensorAxis => {
    const { gridAxis, flipped } = found[n]
    const sampling = toAxisSampling({
      sourceSize: geometry.size[gridAxis],
      sourceSpacingMm: geometry.spacingMm[gridAxis],
      targetSize: spec.shape[n],
      targetSpacingMm: spec.spacingMm[n],
      flipped,
    })
    return { gridAxis, flipped, sampling, stride: strides[n] }
  }
  return [toTensorAxis(0), toTensorAxis(1), toTensorAxis(2)]
}

/** The part of an axis between two tensor indices, `end` excluded; indices count from `start` then. */
export function sliceAxis(axis: TensorAxis, start: number, end: number): TensorAxis {
  const { sampling } = axis
  const from = Math.max(0, start - sampling.firstTarget)
  const to = Math.max(from, Math.min(sampling.lower.length, end - sampling.firstTarget))
  return {
    ...axis,
    sampling: {
      ...sampling,
      firstTarget: Math.max(0, sampling.firstTarget - start),
      lower: sampling.lower.subarray(from, to),
      upper: sampling.upper.subarray(from, to),
      upperWeight: sampling.upperWeight.subarray(from, to),
      sourceOfZero: sampling.sourceOfZero + start * sampling.sourceStep,
    },
  }
}
