import { type AxisCode, findClosestAxes, type GridAxis } from '../volume/closestAxes.ts'
import type { VolumeGeometry } from '../volume/volume.ts'
import { type AreaSampling, toAreaSampling } from './areaAxis.ts'
import type { AxisPlacement } from './axisPlacement.ts'
import type { AreaInputSpec, CtInputSpec, TrilinearInputSpec } from './ctInputSpec.ts'
import type { VoxelBox } from './foreground.ts'
import { type AxisSampling, toAxisSampling } from './resampleAxis.ts'

/** One axis of the encoder's input, found in the volume. */
export interface TensorAxis<Sampling extends AxisPlacement = AxisSampling> extends GridAxis {
  readonly sampling: Sampling
  /** Distance in the tensor of neighbours along this axis. */
  readonly stride: number
}

/** The three axes in the tensor's order, slowest first. */
export type TensorAxes<Sampling extends AxisPlacement = AxisSampling> = readonly [
  TensorAxis<Sampling>,
  TensorAxis<Sampling>,
  TensorAxis<Sampling>,
]

function findTensorAxes<Sampling extends AxisPlacement>(
  geometry: VolumeGeometry,
  { axisCodes, shape }: CtInputSpec,
  sample: (axis: GridAxis, n: 0 | 1 | 2) => Sampling,
): TensorAxes<Sampling> {
  const found = findClosestAxes(geometry.directionLps, [...axisCodes] as [AxisCode, AxisCode, AxisCode])
  const strides = [shape[1] * shape[2], shape[2], 1]
  const toAxis = (n: 0 | 1 | 2) => ({ ...found[n], sampling: sample(found[n], n), stride: strides[n] })
  return [toAxis(0), toAxis(1), toAxis(2)]
}

export const toTensorAxes = (geometry: VolumeGeometry, spec: TrilinearInputSpec): TensorAxes =>
  findTensorAxes(geometry, spec, ({ gridAxis, flipped }, n) =>
    toAxisSampling({
      sourceSize: geometry.size[gridAxis],
      sourceSpacingMm: geometry.spacingMm[gridAxis],
      targetSize: spec.shape[n],
      targetSpacingMm: spec.spacingMm[n],
      flipped,
    }),
  )

/** @param box what is kept of the volume */
export const toAreaAxes = (geometry: VolumeGeometry, spec: AreaInputSpec, box: VoxelBox): TensorAxes<AreaSampling> =>
  findTensorAxes(geometry, spec, ({ gridAxis, flipped }, n) =>
    toAreaSampling({
      start: box.start[gridAxis],
      end: box.end[gridAxis],
      sourceSize: geometry.size[gridAxis],
      targetSize: spec.shape[n],
      flipped,
    }),
  )

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
