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

/**
 * Radiological convention: the patient's right is on the screen's left; sagittal views look from the left, anterior left.
 * Slices are numbered as a PACS lists them: from head to feet, from front to back, from the patient's right to the left.
 */
export const VIEW_PLANES: Readonly<Record<Orientation, ViewPlane>> = {
  axial: { right: [1, 0, 0], up: [0, -1, 0], normal: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], up: [0, 0, 1], normal: [1, 0, 0] },
  coronal: { right: [1, 0, 0], up: [0, 0, 1], normal: [0, 1, 0] },
}

export const ORIENTATIONS: readonly Orientation[] = ['axial', 'coronal', 'sagittal']

const LETTERS_TOWARDS_PLUS = ['L', 'P', 'S']
const LETTERS_TOWARDS_MINUS = ['R', 'A', 'I']

/** Letter of the patient axis a direction points along most: L, R, P, A, S or I. */
export function toDirectionLetter(direction: Vec3): string {
  const sizes = direction.map(Math.abs)
  const axis = sizes.indexOf(Math.max(...sizes))
  return (direction[axis] >= 0 ? LETTERS_TOWARDS_PLUS : LETTERS_TOWARDS_MINUS)[axis]
}

export function toOrientationLetters({ right, up }: Pick<ViewPlane, 'right' | 'up'>) {
  return {
    left: toDirectionLetter(scale(right, -1)),
    right: toDirectionLetter(right),
    top: toDirectionLetter(up),
    bottom: toDirectionLetter(scale(up, -1)),
  }
}
