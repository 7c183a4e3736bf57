import type { Vec3, VolumeGeometry } from '../volume/volume.ts'
import { type Grid, toPlaneInGrid } from './grid.ts'
import { addScaled, dot } from './vector.ts'
import { ORIENTATIONS, type Orientation, VIEW_PLANES, type ViewPlanes } from './viewPlane.ts'

/** The parallel planes one view can show: `count` planes, `stepMm` apart, the first at `firstMm` along the view's normal. */
export interface SliceStack {
  readonly normal: Vec3
  readonly firstMm: number
  readonly stepMm: number
  readonly count: number
}

/**
 * Planes of a view through a volume. An axis-aligned volume gives exactly its voxel planes; an oblique one gives planes
 * as far apart as its voxels lie along the normal (the length of the projected voxel), within its corner voxels.
 */
export function toSliceStack(geometry: VolumeGeometry, normal: Vec3): SliceStack {
  const { size, spacingMm, originLpsMm, directionLps } = geometry
  const projectedSteps = directionLps.map((axis, n) => dot(axis, normal) * spacingMm[n])
  const reaches = projectedSteps.map((step, n) => step * (size[n] - 1))
  const atOriginMm = dot(originLpsMm, normal)
  const firstMm = atOriginMm + reaches.reduce((sum, reach) => sum + Math.min(0, reach), 0)
  const lengthMm = reaches.reduce((sum, reach) => sum + Math.abs(reach), 0)
  const stepMm = Math.hypot(...projectedSteps)
  return { normal, firstMm, stepMm, count: Math.floor(lengthMm / stepMm + 1e-3) + 1 }
}

/** Zero-based number of the plane nearest to a point, clamped to the stack. */
export function toSliceIndex(stack: SliceStack, pointLpsMm: Vec3): number {
  const index = Math.round((dot(pointLpsMm, stack.normal) - stack.firstMm) / stack.stepMm)
  return Math.min(stack.count - 1, Math.max(0, index))
}

/** The point moved along the normal onto the plane of that index. */
export function toPointOnSlice(stack: SliceStack, sliceIndex: number, pointLpsMm: Vec3): Vec3 {
  const targetMm = stack.firstMm + sliceIndex * stack.stepMm
  return addScaled(pointLpsMm, stack.normal, targetMm - dot(pointLpsMm, stack.normal))
}

/** Index after scrolling by a number of slices from the plane nearest to the point, kept within the stack. */
export function toScrolledIndex(stack: SliceStack, pointLpsMm: Vec3, slices: number): number {
  const wanted = toSliceIndex(stack, pointLpsMm) + Math.round(slices)
  return Math.min(stack.count - 1, Math.max(0, wanted))
}

/** The planes that the views of each orientation show, in the order in which they are numbered. */
export type SliceStacks = Readonly<Record<Orientation, SliceStack>>

export function toSliceStacks(geometry: VolumeGeometry, planes: ViewPlanes = VIEW_PLANES): SliceStacks {
  const toStack = (plane: Orientation) => toSliceStack(geometry, planes[plane].normal)
  return { axial: toStack('axial'), coronal: toStack('coronal'), sagittal: toStack('sagittal') }
}

/** The number of the slice nearest to a point, 1…count: the one that views, cards, marks and exports show. */
export const toSliceNumber = (stack: SliceStack, pointLpsMm: Vec3): number => toSliceIndex(stack, pointLpsMm) + 1

/** How nearly a view must look along an axis of the voxels for its planes to be slices of them: .8 degrees. */
const PARALLEL_COSINE = 0.9999

/** The axis of the voxels that a view along a normal looks along; null where it cuts across them. */
export function findViewAxis({ directionLps }: VolumeGeometry, normal: Vec3): 0 | 1 | 2 | null {
  const axis = directionLps.findIndex((axis) => Math.abs(dot(axis, normal)) > PARALLEL_COSINE)
  return axis === -1 ? null : (axis as 0 | 1 | 2)
}

/** The plane of a view that shows a point: the nearest slice where it shows slices, through the point where it cuts the voxels. */
export function toShownPoint(geometry: VolumeGeometry, stack: SliceStack, pointLpsMm: Vec3): Vec3 {
  if (findViewAxis(geometry, stack.normal) === null) return pointLpsMm
  return toPointOnSlice(stack, toSliceIndex(stack, pointLpsMm), pointLpsMm)
}

/** The point moved onto the nearest slice of every view that shows slices; across views that cut the voxels it stays. */
export const toPointOnSlices = (geometry: VolumeGeometry, stacks: SliceStacks, pointLpsMm: Vec3): Vec3 =>
  ORIENTATIONS.reduce((point, plane) => toShownPoint(geometry, stacks[plane], point), pointLpsMm)

/**
 * The point after scrolling a view by a number of its slices: onto a slice where it shows slices; where it cuts the voxels as many
 * whole steps along the normal, beside the normal only as far as the volume wants it. Kept within the stack.
 */
export function toScrolledPoint(
  grid: Grid,
  geometry: VolumeGeometry,
  stack: SliceStack,
  point: Vec3,
  slices: number,
): Vec3 {
  const { normal, firstMm, stepMm, count } = stack
  if (findViewAxis(geometry, normal) !== null)
    return toPointOnSlice(stack, toScrolledIndex(stack, point, slices), point)
  const wantedMm = dot(point, normal) + Math.round(slices) * stepMm
  return toPlaneInGrid(grid, normal, Math.min(firstMm + (count - 1) * stepMm, Math.max(firstMm, wantedMm)), point)
}
