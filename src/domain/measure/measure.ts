import { addScaled, cross, dot, subtract } from '../geometry/vector.ts'
import { ORIENTATIONS, type Orientation, VIEW_PLANES } from '../geometry/viewPlane.ts'
import type { NoduleReading } from '../nodule/noduleReading.ts'
import type { Slab } from '../slab/slab.ts'
import type { Vec3 } from '../volume/volume.ts'

/** What a person draws. */
export const DRAWN_KINDS = [
  'length',
  'bidirectional',
  'ellipse',
  'rectangle',
  'freehand',
  'angle',
  'probe',
  'arrow',
] as const
/** A nodule is measured by a click. */
export const MEASURE_KINDS = [...DRAWN_KINDS, 'nodule'] as const
export type MeasureKind = (typeof MEASURE_KINDS)[number]

/** Directions of the plane that a measure lies in: unit vectors in LPS at right angles, as `ViewPlane` has them. */
export interface MeasurePlane {
  readonly right: Vec3
  readonly up: Vec3
}

export const MEASURE_COLORS = ['yellow', 'cyan', 'green', 'magenta', 'orange'] as const
export type MeasureColor = (typeof MEASURE_COLORS)[number]

/** What a measure is about: a finding of the list, or what was said. */
export type MeasureTie = { readonly kind: 'finding' | 'utterance'; readonly id: string }

/**
 * Something measured in one plane of a study, held in the patient so that it is right in every plane. `points`, LPS mm:
 * length, arrow: both ends (an arrow's tip first); angle: arm, vertex, arm; probe: the point; bidirectional, nodule: ends of the long axis,
 * ends of the short one; ellipse, rectangle: opposite corners of the box along `plane`; freehand: the closed outline, three points or more.
 */
export interface Measure {
  readonly id: string
  /** The salted id of the study. */
  readonly studyId: string
  readonly createdAtMs: number
  readonly kind: MeasureKind
  readonly plane: MeasurePlane
  readonly points: readonly Vec3[]
  /** The slab that the pane showed: HU are those of the slab, as they were seen. Missing: those of the plane. */
  readonly slab?: Slab
  /** Of a nodule alone: what the click has found. */
  readonly nodule?: NoduleReading
  /** What a person calls it, or an arrow says; may be empty. */
  readonly label: string
  readonly color: MeasureColor
  readonly tie: MeasureTie | null
}

/** Geometry alone, as it is drawn. */
export type MeasureShape = Pick<Measure, 'kind' | 'plane' | 'points' | 'slab' | 'nodule'>

/** Millimetres along `right` and `up` from the first point. */
export type PlanePoint = readonly [u: number, v: number]

export const toNormal = ({ right, up }: MeasurePlane): Vec3 => cross(right, up)

export function toPlanePoint({ plane, points }: MeasureShape, pointLpsMm: Vec3): PlanePoint {
  const moved = subtract(pointLpsMm, points[0])
  return [dot(moved, plane.right), dot(moved, plane.up)]
}

export const fromPlanePoint = ({ plane, points }: MeasureShape, [u, v]: PlanePoint): Vec3 =>
  addScaled(addScaled(points[0], plane.right, u), plane.up, v)

/** The point of the measure's plane that is nearest to a point. */
export const toOnPlane = (shape: MeasureShape, pointLpsMm: Vec3): Vec3 =>
  fromPlanePoint(shape, toPlanePoint(shape, pointLpsMm))

/** Distance of a point from the measure's plane, mm. */
export const toOffPlaneMm = (shape: MeasureShape, pointLpsMm: Vec3): number =>
  Math.abs(dot(toNormal(shape.plane), subtract(pointLpsMm, shape.points[0])))

/** Cosine from which two planes are parallel: a millimetre over the width of a chest. */
const PARALLEL = 1 - 1e-6

/** The plane of the patient that a measure lies in. */
export function toPlaneName(plane: MeasurePlane): Orientation | 'oblique' {
  const normal = toNormal(plane)
  return ORIENTATIONS.find((one) => Math.abs(dot(normal, VIEW_PLANES[one].normal)) > PARALLEL) ?? 'oblique'
}

/** Mean of its points: where the views jump to. */
export function toMeasureCentre({ points }: MeasureShape): Vec3 {
  const sum = points.reduce((total, point) => addScaled(total, point, 1 / points.length), [0, 0, 0] as Vec3)
  return sum
}

/** What a person did to the measures with the pointer. */
export type MeasureAct =
  | { readonly kind: 'drawn'; readonly shape: MeasureShape }
  | { readonly kind: 'clicked'; readonly pointLpsMm: Vec3 }
  | { readonly kind: 'changed'; readonly id: string; readonly points: readonly Vec3[] }
  | { readonly kind: 'selected'; readonly id: string | null }
