import { assert } from '../../base/assert.ts'
import { type GridFrame, toPatientPoint, toVolumeFrame } from '../geometry/grid.ts'
import { scale } from '../geometry/vector.ts'
import type { Vec3, Volume, VolumeGeometry } from '../volume/volume.ts'
import type { CtInputSpec } from './ctInputSpec.ts'
import { readAround } from './readAround.ts'
import { sampleVolume, toScaleTable } from './sampleVolume.ts'
import { sliceAxis, type TensorAxes, type TensorAxis, toTensorAxes } from './tensorAxes.ts'

/** What the CT encoder reads, and where it lies in the patient: the frame of tensor indices, crop and padding counted. */
export interface CtInput extends GridFrame {
  /** Scaled values, index = (a · shape[1] + b) · shape[2] + c for tensor index (a, b, c) along the spec's axis codes. */
  readonly data: Float32Array
  readonly shape: Vec3
}

/** Where a CT encoder's input lies, before any voxel is read. */
export type CtInputGeometry = Omit<CtInput, 'data'>

/** Tensor indices `start` … `end` − 1 along the slowest axis: a piece that can be computed by itself. */
export interface Slab {
  readonly start: number
  readonly end: number
}

/** Some 7 MB of CT-CLIP's input: small enough to report progress by, large enough to be worth a message. */
const SLAB_VOXELS = 1_850_000

/** The whole input in slabs along its slowest axis. */
export function toSlabs({ shape: [count, height, width] }: CtInputSpec): Slab[] {
  const thickness = Math.max(1, Math.round(SLAB_VOXELS / (height * width)))
  return Array.from({ length: Math.ceil(count / thickness) }, (_, n) => ({
    start: n * thickness,
    end: Math.min(count, (n + 1) * thickness),
  }))
}

/** Writes one slab of a volume's input into memory of its size; to be called for many slabs of one volume. */
export type SlabSampler = (slab: Slab, target: Float32Array) => void

/** Prepares what all slabs of a volume share. */
export function createSlabSampler(volume: Volume, spec: CtInputSpec): SlabSampler {
  assert(spec.interpolation === 'trilinear', 'an area resize is not prepared yet')
  const axes = toMeasuredAxes(volume, toTensorAxes(volume, spec))
  const table = toScaleTable(spec)
  const isPadded = axes.some((axis, n) => axis.sampling.lower.length < spec.shape[n])
  return ({ start, end }, target) => {
    const part: TensorAxes = [sliceAxis(axes[0], start, end), axes[1], axes[2]]
    if (isPadded) target.fill(spec.padValue)
    sampleVolume(target, volume, part, table)
  }
}

/** Layers that are missing are filled between their neighbours. */
function toMeasuredAxes({ missing, size }: Volume, axes: TensorAxes): TensorAxes {
  const around = (axis: TensorAxis): TensorAxis =>
    axis.gridAxis === 2 ? { ...axis, sampling: readAround(axis.sampling, missing, size[2]) } : axis
  return [around(axes[0]), around(axes[1]), around(axes[2])]
}

export const toInputLength = ({ shape }: CtInputSpec): number => shape[0] * shape[1] * shape[2]

/** The part of the input's memory that a slab fills. */
export const slabOf = (data: Float32Array, { shape }: CtInputSpec, { start, end }: Slab): Float32Array =>
  data.subarray(start * shape[1] * shape[2], end * shape[1] * shape[2])

/**
 * The CT encoder's input of a volume, exactly as CT-CLIP prepares it (`data_inference_nii.py`): clip HU, permute and turn
 * the closest axes, resample trilinearly, scale, centre crop, pad. Only voxels that the crop keeps are computed. Missing
 * layers are filled linearly between their neighbours.
 */
export function toCtInput(volume: Volume, spec: CtInputSpec): CtInput {
  const data = new Float32Array(toInputLength(spec))
  const sample = createSlabSampler(volume, spec)
  for (const slab of toSlabs(spec)) sample(slab, slabOf(data, spec, slab))
  return { data, ...toCtInputGeometry(volume, spec) }
}

/** Origin and steps of the input without reading a voxel: the grid on which a phantom can be sampled directly. */
export function toCtInputGeometry(grid: VolumeGeometry, spec: CtInputSpec): CtInputGeometry {
  assert(spec.interpolation === 'trilinear', 'an area resize is not prepared yet')
  const axes = toTensorAxes(grid, spec)
  const frame = toVolumeFrame(grid)
  const zero: [number, number, number] = [0, 0, 0]
  for (const axis of axes) zero[axis.gridAxis] = toStoredOfZero(grid, axis)
  const toStep = ({ gridAxis, flipped, sampling }: TensorAxis): Vec3 =>
    scale(frame.stepsLpsMm[gridAxis], flipped ? -sampling.sourceStep : sampling.sourceStep)
  return {
    shape: spec.shape,
    originLpsMm: toPatientPoint(frame, zero),
    stepsLpsMm: [toStep(axes[0]), toStep(axes[1]), toStep(axes[2])],
  }
}

/** Stored index, continuous, that tensor index 0 has along its axis. */
const toStoredOfZero = (grid: VolumeGeometry, { gridAxis, flipped, sampling }: TensorAxis): number =>
  flipped ? grid.size[gridAxis] - 1 - sampling.sourceOfZero : sampling.sourceOfZero
