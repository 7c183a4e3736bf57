import type { Vec3 } from '../volume/volume.ts'
import { scale } from './vector.ts'

/** The plane of the patient that a view lies in. */
export type Orientation = 'axial' | 'sagittal' | 'coronal'

/** How a view looks at the patient; unit vectors in LPS. Slice numbers grow along `normal`, and so does what is "down", "next" and "on". */
export interface ViewPlane {
  readonly right: Vec3
  readonly up: Vec3
  readonly normal: Vec3
}

/** How the views of each orientation look at the patient. Their normals are at right angles to each other. */
export type ViewPlanes = Readonly<Record<Orientation, ViewPlane>>

/**
 * Radiological convention: the patient's right is on the screen's left; sagittal views look from the left, anterior left.
 * Slices are numbered as a PACS lists them: from head to feet, from front to back, from the patient's right to the left.
 */
export const VIEW_PLANES: ViewPlanes = {
  axial: { right: [1, 0, 0], up: [0, -1, 0], normal: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], up: [0, 0, 1], normal: [1, 0, 0] },
  coronal: { right: [1, 0, 0], up: [0, 0, 1], normal: [0, 1, 0] },
}

export const ORIENTATIONS: readonly Orientation[] = ['axial', 'coronal', 'sagittal']

const LETTERS_TOWARDS_PLUS = ['L', 'P', 'S']
const LETTERS_TOWARDS_MINUS = ['R', 'A', 'I']

/** A direction that strays from an axis of the patient by less is named by that axis alone: 5 degrees. */
const STRAY = Math.sin((5 * Math.PI) / 180)

/**
 * The sides of the patient that a unit vector points to, the nearest first, at most two: "L", "AR". As DICOM's Patient Orientation
 * (PS3.3 C.7.6.1.1.1), but S and I for H and F.
 */
export function toDirectionLetters(direction: Vec3): string {
  const sizes = direction.map(Math.abs)
  const bySize = [0, 1, 2].sort((a, b) => sizes[b] - sizes[a])
  const toLetter = (axis: number) => (direction[axis] >= 0 ? LETTERS_TOWARDS_PLUS : LETTERS_TOWARDS_MINUS)[axis]
  const named = bySize.slice(0, 2).filter((axis, n) => n === 0 || sizes[axis] > STRAY)
  return named.map(toLetter).join('')
}

/** Letters at the edges of a view. */
export function toOrientationLetters({ right, up }: Pick<ViewPlane, 'right' | 'up'>) {
  return {
    left: toDirectionLetters(scale(right, -1)),
    right: toDirectionLetters(right),
    top: toDirectionLetters(up),
    bottom: toDirectionLetters(scale(up, -1)),
  }
}
