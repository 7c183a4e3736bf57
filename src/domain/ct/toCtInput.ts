import { type GridFrame, toPatientPoint, toVolumeFrame } from '../geometry/grid.ts'
import { scale } from '../geometry/vector.ts'
import type { Vec3, Volume, VolumeGeometry } from '../volume/volume.ts'
import { averageAround, sliceArea } from './areaAxis.ts'
import type { AxisPlacement } from './axisPlacement.ts'
import type { AreaInputSpec, CtInputSpec, TrilinearInputSpec } from './ctInputSpec.ts'
import { findForeground, type VoxelBox, wholeOf } from './foreground.ts'
import { readAround } from './readAround.ts'
import { sampleArea } from './sampleArea.ts'
import { sampleVolume, toScaleTable } from './sampleVolume.ts'
import { sliceAxis, type TensorAxes, type TensorAxis, toAreaAxes, toTensorAxes } from './tensorAxes.ts'

/** What the CT encoder reads, and where it lies in the patient: the frame of tensor indices, crop and padding counted. */
export interface CtInput extends GridFrame {
  /** Scaled values, index = (a · shape[1] + b) · shape[2] + c for tensor index (a, b, c) along the spec's axis codes. */
  readonly data: Float32Array
  readonly shape: Vec3
  /** Nothing but air was found, where the spec asks for a foreground. */
  readonly isEmpty: boolean
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

/** What all slabs of a volume share; it can be sent to another thread. */
export interface CtInputPlan {
  readonly spec: CtInputSpec
  /** What is kept of the volume before it is resampled. */
  readonly box: VoxelBox
  /** The spec asks for a foreground, and there is none: the scan is nothing but air. */
  readonly isEmpty: boolean
}

export function planCtInput(volume: Volume, spec: CtInputSpec): CtInputPlan {
  const whole = wholeOf(volume.size)
  if (spec.interpolation === 'trilinear') return { spec, box: whole, isEmpty: false }
  const found = findForeground(volume, spec.foregroundHu)
  return { spec, box: found ?? whole, isEmpty: found === null }
}

/** Writes one slab of a volume's input into memory of its size; to be called for many slabs of one volume. */
export type SlabSampler = (slab: Slab, target: Float32Array) => void

/** Missing layers are filled between their neighbours. */
export const createSlabSampler = (volume: Volume, { spec, box }: CtInputPlan): SlabSampler =>
  spec.interpolation === 'area' ? createAreaSampler(volume, spec, box) : createTrilinearSampler(volume, spec)

function createTrilinearSampler(volume: Volume, spec: TrilinearInputSpec): SlabSampler {
  const { missing, size } = volume
  const axes = toTensorAxes(volume, spec).map((axis) =>
    axis.gridAxis === 2 ? { ...axis, sampling: readAround(axis.sampling, missing, size[2]) } : axis,
  )
  const table = toScaleTable(spec)
  const isPadded = axes.some((axis, n) => axis.sampling.lower.length < spec.shape[n])
  return ({ start, end }, target) => {
    if (isPadded) target.fill(spec.padValue)
    sampleVolume(target, volume, [sliceAxis(axes[0], start, end), axes[1], axes[2]], table)
  }
}

function createAreaSampler(volume: Volume, spec: AreaInputSpec, box: VoxelBox): SlabSampler {
  const { missing, size } = volume
  const axes = toAreaAxes(volume, spec, box).map((axis) =>
    axis.gridAxis === 2 ? { ...axis, sampling: averageAround(axis.sampling, missing, size[2]) } : axis,
  )
  return ({ start, end }, target) => {
    const part = { ...axes[0], sampling: sliceArea(axes[0].sampling, start, end) }
    sampleArea(target, volume, [part, axes[1], axes[2]], spec)
  }
}

export const toInputLength = ({ shape }: CtInputSpec): number => shape[0] * shape[1] * shape[2]

/** The part of the input's memory that a slab fills. */
export const slabOf = (data: Float32Array, { shape }: CtInputSpec, { start, end }: Slab): Float32Array =>
  data.subarray(start * shape[1] * shape[2], end * shape[1] * shape[2])

/**
 * The CT encoder's input of a volume, as its pack's spec says: to a spacing like CT-CLIP (`data_inference_nii.py`) or, by an area
 * resize of the foreground, straight to the shape. Axes are permuted and turned, never rotated. Only voxels that the crop keeps
 * are computed. Missing layers are filled linearly between their neighbours.
 */
export function toCtInput(volume: Volume, spec: CtInputSpec): CtInput {
  const data = new Float32Array(toInputLength(spec))
  const plan = planCtInput(volume, spec)
  const sample = createSlabSampler(volume, plan)
  for (const slab of toSlabs(spec)) sample(slab, slabOf(data, spec, slab))
  return { data, ...toCtInputGeometry(volume, plan) }
}

/** Origin and steps of the input without reading a voxel. */
export function toCtInputGeometry(grid: VolumeGeometry, { spec, box, isEmpty }: CtInputPlan): CtInputGeometry {
  const axes: TensorAxes<AxisPlacement> =
    spec.interpolation === 'area' ? toAreaAxes(grid, spec, box) : toTensorAxes(grid, spec)
  const frame = toVolumeFrame(grid)
  const zero: [number, number, number] = [0, 0, 0]
  for (const axis of axes) zero[axis.gridAxis] = toStoredOfZero(grid, axis)
  const toStep = ({ gridAxis, flipped, sampling }: TensorAxis<AxisPlacement>): Vec3 =>
    scale(frame.stepsLpsMm[gridAxis], flipped ? -sampling.sourceStep : sampling.sourceStep)
  return {
    shape: spec.shape,
    isEmpty,
    originLpsMm: toPatientPoint(frame, zero),
    stepsLpsMm: [toStep(axes[0]), toStep(axes[1]), toStep(axes[2])],
  }
}

/** Stored index, continuous, that tensor index 0 has along its axis. */
const toStoredOfZero = (grid: VolumeGeometry, { gridAxis, flipped, sampling }: TensorAxis<AxisPlacement>): number =>
  flipped ? grid.size[gridAxis] - 1 - sampling.sourceOfZero : sampling.sourceOfZero
