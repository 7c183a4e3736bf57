import { addScaled, cross, dot, lengthOf, scale, subtract } from '../geometry/vector.ts'
import { ORIENTATIONS, VIEW_PLANES } from '../geometry/viewPlane.ts'
import { MEASURE_KINDS, type MeasureKind, type MeasurePlane, type MeasureShape } from '../measure/measure.ts'
import { SLAB_MODES, type Slab } from '../slab/slab.ts'
import type { Vec3 } from '../volume/volume.ts'

/** A graphic with its points in the patient, and what the group says of its kind. */
export interface PlacedGraphic {
  readonly type: string
  readonly points: readonly Vec3[]
  /** Of the image it lies on; null for coordinates of the patient. */
  readonly plane: MeasurePlane | null
}

export interface GraphicHints {
  /** What VoxCT wrote of kind and plane; empty from other programs. */
  readonly drawing: string
  readonly trackingId: string
  /** Something was measured along it. */
  readonly hasNumber: boolean
}

/** The plane of a graphic without an image counts as a plane of the patient within this: a millimetre over a chest. */
const PARALLEL = 1 - 1e-6
const CLOSED_MM = 0.01
/** How cornerstone's adapters, and so OHIF, call the tool of a group. */
const TOOL = /^cornerstone(?:3D)?Tools@[^:]*:(\w+)/i

/** Graphics of one group as what VoxCT draws, or words that say why it cannot. A group of two lines at right angles is one cross. */
export function toShape(graphics: readonly PlacedGraphic[], hints: GraphicHints): MeasureShape | string {
  const drawn = readDrawing(hints.drawing)
  const shape = toPlainShape(graphics, hints, drawn)
  return typeof shape !== 'string' && drawn?.slab ? { ...shape, slab: drawn.slab } : shape
}

function toPlainShape(graphics: readonly PlacedGraphic[], hints: GraphicHints, drawn: Drawing | null) {
  const [first] = graphics
  const tool = TOOL.exec(hints.trackingId)?.[1].toLowerCase() ?? ''
  const plane = drawn?.plane ?? first.plane ?? fitPlane(graphics.flatMap(({ points }) => points))
  if (graphics.length === 2 && graphics.every(({ type, points }) => type === 'POLYLINE' && points.length === 2))
    return toShapeOf(
      'bidirectional',
      plane,
      graphics.flatMap(({ points }) => points),
    )
  if (graphics.length > 1) return 'several drawings in one measurement'
  return toSingle(first, plane, drawn?.kind ?? null, { ...hints, tool })
}

interface SingleHints extends GraphicHints {
  readonly tool: string
}

function toSingle({ type, points }: PlacedGraphic, plane: MeasurePlane, kind: MeasureKind | null, hints: SingleHints) {
  if (points.length === 0) return 'no coordinates'
  if (type === 'POINT' || (type === 'MULTIPOINT' && points.length === 1))
    return toShapeOf('probe', plane, points.slice(0, 1))
  if (type === 'CIRCLE' && points.length === 2) return toCircle(plane, points)
  if (type === 'ELLIPSE' && points.length === 4) return toEllipse(plane, points)
  if (type === 'POLYLINE' || type === 'POLYGON') return toLine(type, points, plane, kind, hints)
  return `a drawing of the type ${type || 'of no name'}`
}

const toShapeOf = (kind: MeasureKind, plane: MeasurePlane, points: readonly Vec3[]): MeasureShape => ({
  kind,
  plane,
  points,
})

function toLine(
  type: string,
  points: readonly Vec3[],
  plane: MeasurePlane,
  kind: MeasureKind | null,
  hints: SingleHints,
) {
  if (kind === 'arrow' || kind === 'length' || kind === 'angle') return toShapeOf(kind, plane, points)
  const isArrow = hints.tool === 'arrowannotate' || (!hints.hasNumber && hints.tool === '')
  if (points.length === 2) return toShapeOf(isArrow ? 'arrow' : 'length', plane, points)
  const angle = toAnglePoints(points)
  if (angle && type === 'POLYLINE') return toShapeOf('angle', plane, angle)
  const isClosed = lengthOf(subtract(points[0], points[points.length - 1])) < CLOSED_MM
  if (!isClosed && type === 'POLYLINE') return 'an open line'
  const outline = isClosed ? points.slice(0, -1) : points
  if (outline.length < 3) return 'an outline of fewer than three points'
  const isBox = kind === 'rectangle' || (kind === null && hints.tool.startsWith('rectangle'))
  return isBox && outline.length === 4 ? toBox(plane, outline, kind) : toShapeOf('freehand', plane, outline)
}

/** Arm, vertex, arm: three points, or four whose middle ones are the same (as two lines are written). */
function toAnglePoints(points: readonly Vec3[]): readonly Vec3[] | null {
  if (points.length === 3 && lengthOf(subtract(points[0], points[2])) >= CLOSED_MM) return points
  const isVertexTwice = points.length === 4 && lengthOf(subtract(points[1], points[2])) < CLOSED_MM
  return isVertexTwice ? [points[0], points[1], points[3]] : null
}

/** A box lies along its own first edge; of what VoxCT wrote the plane says so already. */
function toBox(plane: MeasurePlane, corners: readonly Vec3[], kind: MeasureKind | null): MeasureShape {
  return toShapeOf('rectangle', kind === null ? alignPlane(plane, subtract(corners[1], corners[0])) : plane, [
    corners[0],
    corners[2],
  ])
}

function toCircle(plane: MeasurePlane, [centre, edge]: readonly Vec3[]): MeasureShape {
  const radius = lengthOf(subtract(edge, centre))
  const corner = (sign: 1 | -1) => addScaled(addScaled(centre, plane.right, sign * radius), plane.up, sign * radius)
  return toShapeOf('ellipse', plane, [corner(-1), corner(1)])
}

function toEllipse(plane: MeasurePlane, [a, b, c, d]: readonly Vec3[]): MeasureShape {
  const centre = scale(addScaled(a, b, 1), 0.5)
  const towards = (from: Vec3) => subtract(from, centre)
  const first = addScaled(addScaled(centre, towards(a), 1), towards(c), 1)
  const last = addScaled(addScaled(centre, towards(b), 1), towards(d), 1)
  const axis = subtract(b, a)
  const isAlong = [plane.right, plane.up].some((one) => Math.abs(dot(one, axis)) > PARALLEL * lengthOf(axis))
  return toShapeOf('ellipse', isAlong ? plane : alignPlane(plane, axis), [first, last])
}

/** The same plane with its first direction along a line in it. */
function alignPlane(plane: MeasurePlane, along: Vec3): MeasurePlane {
  const length = lengthOf(along)
  if (length < 1e-6) return plane
  const right = scale(along, 1 / length)
  const up = cross(cross(plane.right, plane.up), right)
  return { right, up: scale(up, 1 / lengthOf(up)) }
}

interface Drawing {
  readonly kind: MeasureKind
  readonly plane: MeasurePlane
  readonly slab: Slab | null
}

function readDrawing(text: string): Drawing | null {
  const [name, ...parts] = text.split('\\')
  const kind = MEASURE_KINDS.find((one) => one === name)
  const [a, b, c, d, e, f] = parts.map(Number)
  const right: Vec3 = [a, b, c]
  const up: Vec3 = [d, e, f]
  const areUnits = Math.abs(lengthOf(right) - 1) < 1e-6 && Math.abs(lengthOf(up) - 1) < 1e-6
  if (!kind || !areUnits || Math.abs(dot(right, up)) > 1e-6) return null
  const mode = SLAB_MODES.find((one) => one === parts[6])
  const thicknessMm = Number(parts[7])
  return { kind, plane: { right, up }, slab: mode && thicknessMm > 0 ? { mode, thicknessMm } : null }
}

/** The plane of the patient that holds all points, else one through them: three say which, two leave a turn open. */
function fitPlane(points: readonly Vec3[]): MeasurePlane {
  const normal = toNormalOf(points)
  const along = subtract(points[points.length - 1], points[0])
  const named = ORIENTATIONS.find((one) => {
    const towards = VIEW_PLANES[one].normal
    if (normal) return Math.abs(dot(towards, normal)) > PARALLEL
    return points.every((point) => Math.abs(dot(towards, subtract(point, points[0]))) < CLOSED_MM)
  })
  if (named) return { right: VIEW_PLANES[named].right, up: VIEW_PLANES[named].up }
  const right = scale(along, 1 / lengthOf(along))
  const other = normal ?? (Math.abs(right[2]) < 0.9 ? cross(right, [0, 0, 1]) : cross(right, [0, 1, 0]))
  const up = cross(other, right)
  return { right, up: scale(up, 1 / lengthOf(up)) }
}

/** Of the widest triangle with the first point; null where all lie on one line. */
function toNormalOf(points: readonly Vec3[]): Vec3 | null {
  let best: Vec3 = [0, 0, 0]
  for (let n = 1; n + 1 < points.length; n++) {
    const normal = cross(subtract(points[n], points[0]), subtract(points[n + 1], points[0]))
    if (lengthOf(normal) > lengthOf(best)) best = normal
  }
  const size = lengthOf(best)
  return size > 1e-3 ? scale(best, 1 / size) : null
}
