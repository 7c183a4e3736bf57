import type { Vec3 } from '../volume/volume.ts'
import { addScaled, cross, dot, lengthOf, scale, subtract } from './vector.ts'
import { ORIENTATIONS, type Orientation, VIEW_PLANES, type ViewPlane, type ViewPlanes } from './viewPlane.ts'

/** Directions that differ by less are the same: what some thousand turns add up to in rounding. */
const SAME = 1e-9
/** A line comes to lie along its view within this, degrees. */
const SNAP_DEGREES = 1.5

const toDegrees = (radians: number): number => (radians * 180) / Math.PI

/** Towards whoever looks at a view; its `normal` may point either way. */
const toViewer = ({ right, up }: ViewPlane): Vec3 => cross(right, up)

/** Rodrigues' rotation of a vector about a unit vector, counter-clockwise for whom the axis points at. */
export function rotate(vector: Vec3, axis: Vec3, degrees: number): Vec3 {
  const angle = (degrees * Math.PI) / 180
  const along = dot(axis, vector) * (1 - Math.cos(angle))
  return addScaled(addScaled(scale(vector, Math.cos(angle)), cross(axis, vector), Math.sin(angle)), axis, along)
}

/** Unit vectors at right angles again, so that no number of turns adds up. */
function toSquare({ right, up, normal }: ViewPlane): ViewPlane {
  const along = scale(right, 1 / lengthOf(right))
  const upright = addScaled(up, along, -dot(up, along))
  const above = scale(upright, 1 / lengthOf(upright))
  const across = cross(along, above)
  return { right: along, up: above, normal: dot(across, normal) < 0 ? scale(across, -1) : across }
}

/** All planes turned rigidly about an axis (unit vector, LPS); one that lies across the axis stays, as it would only roll. */
function turnAbout(planes: ViewPlanes, axis: Vec3, degrees: number): ViewPlanes {
  const turn = (plane: ViewPlane): ViewPlane => {
    if (lengthOf(cross(plane.normal, axis)) < SAME) return plane
    const [right, up, normal] = [plane.right, plane.up, plane.normal].map((one) => rotate(one, axis, degrees))
    return toSquare({ right, up, normal })
  }
  const { axial, coronal, sagittal } = planes
  const turned = { axial: turn(axial), coronal: turn(coronal), sagittal: turn(sagittal) }
  return arePlain(turned) ? VIEW_PLANES : turned
}

/** The lines of the crosshair turned clockwise as a view shows them: the planes that they stand for turn, the view's own stays. */
export const turnLines = (planes: ViewPlanes, view: Orientation, degrees: number): ViewPlanes =>
  turnAbout(planes, toViewer(planes[view]), -degrees)

/** A view's own plane turned about its horizontal direction (its top comes nearer), or its vertical one (its right side does). */
export function tiltPlane(
  planes: ViewPlanes,
  view: Orientation,
  about: 'horizontal' | 'vertical',
  degrees: number,
): ViewPlanes {
  const { right, up } = planes[view]
  return about === 'horizontal' ? turnAbout(planes, right, degrees) : turnAbout(planes, up, -degrees)
}

/** How far the lines in a view are turned clockwise from its horizontal and vertical, −45 < degrees ≤ 45. */
export function toLineDegrees(planes: ViewPlanes, view: Orientation): number {
  const { right, up } = planes[view]
  const other = planes[view === 'axial' ? 'coronal' : 'axial'].normal
  const degrees = toDegrees(Math.atan2(-dot(other, up), dot(other, right)))
  return degrees - 90 * Math.ceil((degrees - 45) / 90)
}

/** The turn next to one that a hand makes, degrees: to whole degrees of the lines, and along the view where it comes near to that. */
export function toSnappedTurn(planes: ViewPlanes, view: Orientation, degrees: number): number {
  const from = toLineDegrees(planes, view)
  const wanted = from + degrees
  const along = 90 * Math.round(wanted / 90)
  return (Math.abs(wanted - along) <= SNAP_DEGREES ? along : Math.round(wanted)) - from
}

/** Cosine from which two planes are parallel: a millimetre over the width of a chest. */
const PARALLEL = 1 - 1e-6

/**
 * Planes one of which shows what lies in a plane of given directions (unit vectors at right angles, LPS): those there are where they do; else
 * turned so that the plane of the patient that lies nearest to it has these directions.
 */
export function toPlanesAlong(planes: ViewPlanes, { right, up }: Pick<ViewPlane, 'right' | 'up'>): ViewPlanes {
  const towards = cross(right, up)
  if (ORIENTATIONS.some((plane) => Math.abs(dot(planes[plane].normal, towards)) > PARALLEL)) return planes
  const plain = VIEW_PLANES[toObliquity(towards).nearest]
  const across = scale(towards, Math.sign(dot(toViewer(plain), plain.normal)))
  const turn = (vector: Vec3): Vec3 => {
    const along = addScaled(scale(right, dot(vector, plain.right)), up, dot(vector, plain.up))
    return addScaled(along, across, dot(vector, plain.normal))
  }
  const of = (plane: Orientation): ViewPlane => {
    const { right: x, up: y, normal } = VIEW_PLANES[plane]
    return toSquare({ right: turn(x), up: turn(y), normal: turn(normal) })
  }
  const turned = { axial: of('axial'), coronal: of('coronal'), sagittal: of('sagittal') }
  return arePlain(turned) ? VIEW_PLANES : turned
}

/** The plane of the patient that lies nearest to a plane, by its normal, and the angle to it in degrees. */
export function toObliquity(normal: Vec3): { readonly nearest: Orientation; readonly degrees: number } {
  const cosineTo = (plane: Orientation) => Math.abs(dot(VIEW_PLANES[plane].normal, normal))
  const nearest = ORIENTATIONS.reduce((best, plane) => (cosineTo(plane) > cosineTo(best) ? plane : best))
  const sine = lengthOf(cross(VIEW_PLANES[nearest].normal, normal))
  return { nearest, degrees: toDegrees(Math.atan2(sine, cosineTo(nearest))) }
}

export const isSamePlane = (one: ViewPlane, other: ViewPlane): boolean =>
  lengthOf(subtract(one.right, other.right)) < SAME && lengthOf(subtract(one.up, other.up)) < SAME

/** All as the patient's axes lie. */
const arePlain = (planes: ViewPlanes): boolean =>
  ORIENTATIONS.every((plane) => isSamePlane(planes[plane], VIEW_PLANES[plane]))
