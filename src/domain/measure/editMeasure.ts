import { add, addScaled, dot, lengthOf, scale, subtract } from '../geometry/vector.ts'
import type { Vec3 } from '../volume/volume.ts'
import { fromPlanePoint, type MeasureShape, type PlanePoint, toOnPlane, toPlanePoint } from './measure.ts'

/** How long the short axis is at first, as a share of the long one: a person then draws it to the lesion's edge. */
const FIRST_SHORT_SHARE = 0.6

/** The places by which a measure is changed, LPS mm: its points; of a box all four corners, of an outline and a nodule none. */
export function toHandles(shape: MeasureShape): readonly Vec3[] {
  if (shape.kind === 'freehand' || shape.kind === 'nodule') return []
  if (shape.kind !== 'ellipse' && shape.kind !== 'rectangle') return shape.points
  const [u, v] = toPlanePoint(shape, shape.points[1])
  return [shape.points[0], fromPlanePoint(shape, [u, 0]), shape.points[1], fromPlanePoint(shape, [0, v])]
}

/** The measure with one handle at another place of its plane. */
export function moveHandle<Shape extends MeasureShape>(shape: Shape, handle: number, to: Vec3): Shape {
  const point = toOnPlane(shape, to)
  if (shape.kind === 'bidirectional') return { ...shape, points: moveAxis(shape.points, handle, point) }
  if (shape.kind === 'ellipse' || shape.kind === 'rectangle')
    return { ...shape, points: moveCorner(shape, handle, point) }
  return { ...shape, points: shape.points.map((one, n) => (n === handle ? point : one)) }
}

/** The whole measure moved within its plane; a nodule stays where it was found. */
export function moveMeasure<Shape extends MeasureShape>(shape: Shape, byLpsMm: Vec3): Shape {
  if (shape.kind === 'nodule') return shape
  const { right, up } = shape.plane
  const within = add(scale(right, dot(right, byLpsMm)), scale(up, dot(up, byLpsMm)))
  return { ...shape, points: shape.points.map((point) => add(point, within)) }
}

function moveCorner(shape: MeasureShape, handle: number, point: Vec3): Vec3[] {
  if (handle === 0) return [point, shape.points[1]]
  if (handle === 2) return [shape.points[0], point]
  const [u, v] = toPlanePoint(shape, point)
  const [farU, farV] = toPlanePoint(shape, shape.points[1])
  const near: PlanePoint = handle === 1 ? [0, v] : [u, 0]
  const far: PlanePoint = handle === 1 ? [u, farV] : [farU, v]
  return [fromPlanePoint(shape, near), fromPlanePoint(shape, far)]
}

/** Ends of a short axis at right angles through the middle of a long one. `plane` holds both. */
export function withShortAxis(plane: MeasureShape['plane'], [a, b]: readonly Vec3[]): Vec3[] {
  const across = toAcross(plane, a, b)
  const half = (lengthOf(subtract(b, a)) * FIRST_SHORT_SHARE) / 2
  const middle = addScaled(a, subtract(b, a), 0.5)
  return [a, b, addScaled(middle, across, half), addScaled(middle, across, -half)]
}

/** Unit vector in the plane at right angles to a line. */
function toAcross({ right, up }: MeasureShape['plane'], a: Vec3, b: Vec3): Vec3 {
  const line = subtract(b, a)
  const [u, v] = [dot(line, right), dot(line, up)]
  const length = Math.hypot(u, v) || 1
  return add(scale(right, -v / length), scale(up, u / length))
}

/** The axes stay at right angles: an end of the long one turns the short one with it, an end of the short one moves along it. */
function moveAxis([a, b, c, d]: readonly Vec3[], handle: number, point: Vec3): Vec3[] {
  const line = subtract(b, a)
  const length = lengthOf(line) || 1
  const along = scale(line, 1 / length)
  const at = Math.min(length, Math.max(0, dot(subtract(c, a), along)))
  const foot = addScaled(a, along, at)
  if (handle >= 2) return slideAcross([a, b, c, d], handle, foot, point)
  const [start, end] = handle === 0 ? [point, b] : [a, point]
  const turned = subtract(end, start)
  const newLength = lengthOf(turned)
  if (newLength < 1e-6) return [a, b, c, d]
  const newAlong = scale(turned, 1 / newLength)
  const newFoot = addScaled(start, newAlong, (at / length) * newLength)
  const [toC, toD] = [subtract(c, foot), subtract(d, foot)]
  const turn = (vector: Vec3) => addScaled(newFoot, turnWith(vector, along, newAlong), 1)
  return [start, end, turn(toC), turn(toD)]
}

/** A vector at right angles to one line, turned in their plane as that line turns to another. */
function turnWith(vector: Vec3, from: Vec3, to: Vec3): Vec3 {
  const size = lengthOf(vector)
  if (size < 1e-9) return [0, 0, 0]
  const side = scale(vector, 1 / size)
  const [cosine, sine] = [dot(to, from), dot(to, side)]
  return scale(addScaled(scale(side, cosine), from, -sine), size)
}

function slideAcross([a, b, c, d]: readonly Vec3[], handle: number, foot: Vec3, point: Vec3): Vec3[] {
  const whole = subtract(c, d)
  const size = lengthOf(whole)
  if (size < 1e-6) return [a, b, c, d]
  const across = scale(whole, 1 / size)
  const along = scale(subtract(b, a), 1 / (lengthOf(subtract(b, a)) || 1))
  // The axis is carried along the long one with the pointer, and ends at its height.
  const length = lengthOf(subtract(b, a))
  const at = Math.min(length, Math.max(0, dot(subtract(point, a), along)))
  const newFoot = addScaled(a, along, at)
  const end = (from: Vec3, isMoved: boolean, sign: 1 | -1) => {
    const reach = dot(subtract(isMoved ? point : from, isMoved ? newFoot : foot), across) * sign
    return addScaled(newFoot, across, sign * Math.max(0, reach))
  }
  return [a, b, end(c, handle === 2, 1), end(d, handle === 3, -1)]
}
