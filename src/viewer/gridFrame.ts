import { assert } from '../base/assert.ts'
import type { Vec3, Volume, VolumeGeometry } from '../domain/volume/volume.ts'
import { addScaled, cross, dot } from './viewPlane.ts'

/** A grid in the patient: centre of its cell (0, 0, 0) and one step along each of its axes, LPS mm; steps may be oblique. */
export interface GridFrame {
  readonly originLpsMm: Vec3
  readonly stepsLpsMm: readonly [Vec3, Vec3, Vec3]
}

/** Inverse of a grid's steps: `toGridVector(rows, v)` says how many cells v is long along each axis. */
export type GridRows = readonly [Vec3, Vec3, Vec3]

export function toVolumeFrame({ originLpsMm, spacingMm, directionLps }: VolumeGeometry): GridFrame {
  const step = (axis: 0 | 1 | 2): Vec3 => addScaled([0, 0, 0], directionLps[axis], spacingMm[axis])
  return { originLpsMm, stepsLpsMm: [step(0), step(1), step(2)] }
}

/** Rows of the inverse of the matrix whose columns are the steps (Cramer's rule), so sheared grids are right too. */
export function toGridRows([a, b, c]: GridFrame['stepsLpsMm']): GridRows {
  const determinant = dot(a, cross(b, c))
  assert(Math.abs(determinant) > 1e-9, 'the steps of a grid lie in one plane')
  const scale = (vector: Vec3): Vec3 => addScaled([0, 0, 0], vector, 1 / determinant)
  return [scale(cross(b, c)), scale(cross(c, a)), scale(cross(a, b))]
}

export const toGridVector = (rows: GridRows, vectorLpsMm: Vec3): Vec3 => [
  dot(rows[0], vectorLpsMm),
  dot(rows[1], vectorLpsMm),
  dot(rows[2], vectorLpsMm),
]

/** Continuous cell coordinates of a point; whole numbers are cell centres. */
export const toGridPoint = (frame: GridFrame, rows: GridRows, pointLpsMm: Vec3): Vec3 =>
  toGridVector(rows, addScaled(pointLpsMm, frame.originLpsMm, -1))

export const toPatientPoint = ({ originLpsMm, stepsLpsMm }: GridFrame, cell: Vec3): Vec3 =>
  stepsLpsMm.reduce((point, step, axis) => addScaled(point, step, cell[axis]), originLpsMm)

/** Rounded voxel index of a point, also outside the volume. */
export function toVoxelIndex(frame: GridFrame, rows: GridRows, pointLpsMm: Vec3): Vec3 {
  const [i, j, k] = toGridPoint(frame, rows, pointLpsMm)
  // `+ 0` turns −0 into 0.
  return [Math.round(i) + 0, Math.round(j) + 0, Math.round(k) + 0]
}

/** The nearest point whose cell coordinates lie within the centres of the outermost cells. */
export function clampToGrid(frame: GridFrame, rows: GridRows, size: Vec3, pointLpsMm: Vec3): Vec3 {
  const clamp = (value: number, axis: 0 | 1 | 2) => Math.min(size[axis] - 1, Math.max(0, value))
  const [i, j, k] = toGridPoint(frame, rows, pointLpsMm)
  return toPatientPoint(frame, [clamp(i, 0), clamp(j, 1), clamp(k, 2)])
}

/** Hounsfield units of a voxel, null outside the volume. */
export function readHu({ hu, size }: Volume, [i, j, k]: Vec3): number | null {
  const isInside = i >= 0 && j >= 0 && k >= 0 && i < size[0] && j < size[1] && k < size[2]
  return isInside ? hu[i + size[0] * (j + size[1] * k)] : null
}
