import { type AxisCode, findClosestAxes, type GridAxis } from '../volume/closestAxes.ts'
import type { Vec3, Volume, VolumeGeometry } from '../volume/volume.ts'
import type { CtInputSpec } from './ctInputSpec.ts'
import { type AxisSampling, toAxisSampling } from './resampleAxis.ts'

/** What the CT encoder reads, and where it lies in the patient. */
export interface CtInput {
  /** Scaled values, index = (a · shape[1] + b) · shape[2] + c for tensor index (a, b, c) along the spec's axis codes. */
  readonly data: Float32Array
  readonly shape: Vec3
  /** Centre of tensor index (0, 0, 0), crop and padding counted, LPS mm. */
  readonly originLpsMm: Vec3
  /** Step of one tensor index along each tensor axis, LPS mm. */
  readonly stepsLpsMm: readonly [Vec3, Vec3, Vec3]
}

/** Where a CT encoder's input lies, before any voxel is read. */
export type CtInputGeometry = Omit<CtInput, 'data'>

interface TensorAxis extends GridAxis {
  readonly sampling: AxisSampling
  /** Distance in `data` of neighbours along this axis. */
  readonly stride: number
}

/**
 * The CT encoder's input of a volume, exactly as CT-CLIP prepares it (`data_inference_nii.py`): clip HU, permute and turn
 * the closest axes, resample trilinearly, divide, centre crop, pad. Only voxels that the crop keeps are computed.
 */
export function toCtInput(volume: Volume, spec: CtInputSpec): CtInput {
  const axes = toTensorAxes(volume, spec)
  const data = new Float32Array(spec.shape[0] * spec.shape[1] * spec.shape[2])
  if (axes.some((axis, n) => axis.sampling.lower.length < spec.shape[n])) data.fill(spec.padValue)
  sampleInto(data, volume, axes, spec)
  return { data, ...toGeometry(volume, axes, spec) }
}

/** Origin and steps of the input without reading a voxel: the grid on which a phantom can be sampled directly. */
export function toCtInputGeometry(geometry: VolumeGeometry, spec: CtInputSpec): CtInputGeometry {
  return toGeometry(geometry, toTensorAxes(geometry, spec), spec)
}

function toTensorAxes(geometry: VolumeGeometry, spec: CtInputSpec): readonly [TensorAxis, TensorAxis, TensorAxis] {
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

function toGeometry(grid: VolumeGeometry, axes: readonly TensorAxis[], spec: CtInputSpec): CtInputGeometry {
  const origin = [...grid.originLpsMm] as [number, number, number]
  const steps = axes.map(({ gridAxis, flipped, sampling }) => {
    const sign = flipped ? -1 : 1
    const storedOfZero = flipped ? grid.size[gridAxis] - 1 - sampling.sourceOfZero : sampling.sourceOfZero
    return grid.directionLps[gridAxis].map((component, n) => {
      const mmPerIndex = component * grid.spacingMm[gridAxis]
      origin[n] += mmPerIndex * storedOfZero
      return mmPerIndex * sampling.sourceStep * sign
    }) as [number, number, number]
  })
  return { shape: spec.shape, originLpsMm: origin, stepsLpsMm: [steps[0], steps[1], steps[2]] }
}

/** Walks the volume in its own memory order, so that source rows stay in the cache; the tensor is written with strides. */
function sampleInto(data: Float32Array, volume: Volume, axes: readonly TensorAxis[], spec: CtInputSpec): void {
  const [i, j, k] = [0, 1, 2].map((gridAxis) => axes.find((axis) => axis.gridAxis === gridAxis) as TensorAxis)
  const rowLength = volume.size[0]
  const sliceLength = rowLength * volume.size[1]
  const sampleRow = createRowSampler(data, volume.hu, i, spec)
  for (let kn = 0; kn < k.sampling.lower.length; kn++) {
    const lowerSlice = k.sampling.lower[kn] * sliceLength
    const upperSlice = k.sampling.upper[kn] * sliceLength
    const kWeight = k.sampling.upperWeight[kn]
    const kTarget = (kn + k.sampling.firstTarget) * k.stride
    for (let jn = 0; jn < j.sampling.lower.length; jn++) {
      const lowerRow = j.sampling.lower[jn] * rowLength
      const upperRow = j.sampling.upper[jn] * rowLength
      const target = kTarget + (jn + j.sampling.firstTarget) * j.stride
      const rows = [lowerSlice + lowerRow, lowerSlice + upperRow, upperSlice + lowerRow, upperSlice + upperRow] as const
      sampleRow(rows, j.sampling.upperWeight[jn], kWeight, target)
    }
  }
}

type RowSampler = (
  rows: readonly [number, number, number, number],
  jWeight: number,
  kWeight: number,
  target: number,
) => void

/** Samples one row of the tensor from four source rows (lower/upper slice × lower/upper row), clipping before mixing. */
function createRowSampler(data: Float32Array, hu: Int16Array, i: TensorAxis, spec: CtInputSpec): RowSampler {
  const [low, high] = spec.huClip
  const { lower, upper, upperWeight, firstTarget } = i.sampling
  const { stride } = i
  const count = lower.length
  const clip = (value: number) => Math.max(low, Math.min(high, value))
  return ([a, b, c, d], jWeight, kWeight, target) => {
    const wb = jWeight * (1 - kWeight)
    const wa = 1 - jWeight - kWeight + jWeight * kWeight
    const wc = kWeight * (1 - jWeight)
    const wd = jWeight * kWeight
    let position = target + firstTarget * stride
    for (let n = 0; n < count; n++) {
      const l = lower[n]
      const u = upper[n]
      const below = clip(hu[a + l]) * wa + clip(hu[b + l]) * wb + clip(hu[c + l]) * wc + clip(hu[d + l]) * wd
      const above = clip(hu[a + u]) * wa + clip(hu[b + u]) * wb + clip(hu[c + u]) * wc + clip(hu[d + u]) * wd
      data[position] = (below + (above - below) * upperWeight[n]) / spec.huDivisor
      position += stride
    }
  }
}
