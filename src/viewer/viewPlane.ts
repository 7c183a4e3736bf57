import type { Vec3, VolumeGeometry } from '../domain/volume/volume.ts'
import type { Orientation } from '../state/appState.ts'

/** How a view looks at the patient; unit vectors in LPS. Slice numbers grow along `normal`. */
export interface ViewPlane {
  readonly right: Vec3
  readonly up: Vec3
  readonly normal: Vec3
}

/** Radiological convention: the patient's right is on the screen's left; sagittal views look from the left, anterior left. */
export const VIEW_PLANES: Readonly<Record<Orientation, ViewPlane>> = {
  axial: { right: [1, 0, 0], up: [0, -1, 0], normal: [0, 0, 1] },
  sagittal: { right: [0, 1, 0], up: [0, 0, 1], normal: [1, 0, 0] },
  coronal: { right: [1, 0, 0], up: [0, 0, 1], normal: [0, 1, 0] },
}

export const ORIENTATIONS: readonly Orientation[] = ['axial', 'sagittal', 'coronal']

export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** `point + vector·factor`. */
export const addScaled = (point: Vec3, vector: Vec3, factor: number): Vec3 => [
  point[0] + vector[0] * factor,
  point[1] + vector[1] * factor,
  point[2] + vector[2] * factor,
]

const LETTERS_TOWARDS_PLUS = ['L', 'P', 'S']
const LETTERS_TOWARDS_MINUS = ['R', 'A', 'I']

/** Letter of the patient axis a direction points along most: L, R, P, A, S or I. */
export function toDirectionLetter(direction: Vec3): string {
  const sizes = direction.map(Math.abs)
  const axis = sizes.indexOf(Math.max(...sizes))
  return (direction[axis] >= 0 ? LETTERS_TOWARDS_PLUS : LETTERS_TOWARDS_MINUS)[axis]
}

const negate = (vector: Vec3): Vec3 => [-vector[0], -vector[1], -vector[2]]

export function toOrientationLetters({ right, up }: Pick<ViewPlane, 'right' | 'up'>) {
  return {
    left: toDirectionLetter(negate(right)),
    right: toDirectionLetter(right),
    top: toDirectionLetter(up),
    bottom: toDirectionLetter(negate(up)),
  }
}

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
