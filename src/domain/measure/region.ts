import type { MeasureShape, PlanePoint } from './measure.ts'
import { toPlanePoint } from './measure.ts'

/** A closed area of a plane, millimetres along its axes. */
export interface Region {
  /** Lower and upper corner of the box around it. */
  readonly low: PlanePoint
  readonly high: PlanePoint
  readonly areaMm2: number
  /** The border belongs to an ellipse and a rectangle; an outline is read by the even-odd rule. */
  holds(u: number, v: number): boolean
}

/** The area that a measure encloses; null where it encloses none. */
export function toRegion(shape: MeasureShape): Region | null {
  const corners = shape.points.map((point) => toPlanePoint(shape, point))
  if (shape.kind === 'ellipse') return toEllipse(corners)
  if (shape.kind === 'rectangle') return toRectangle(corners)
  return shape.kind === 'freehand' ? toOutline(corners) : null
}

function toBox(corners: readonly PlanePoint[]): Pick<Region, 'low' | 'high'> {
  const along = (axis: 0 | 1) => corners.map((corner) => corner[axis])
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b))
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b))
  return { low: [least(along(0)), least(along(1))], high: [most(along(0)), most(along(1))] }
}

function toRectangle(corners: readonly PlanePoint[]): Region {
  const box = toBox(corners)
  const { low, high } = box
  return {
    ...box,
    areaMm2: (high[0] - low[0]) * (high[1] - low[1]),
    holds: (u, v) => u >= low[0] && u <= high[0] && v >= low[1] && v <= high[1],
  }
}

function toEllipse(corners: readonly PlanePoint[]): Region {
  const box = toBox(corners)
  const { low, high } = box
  const [cu, cv] = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2]
  const [ru, rv] = [(high[0] - low[0]) / 2, (high[1] - low[1]) / 2]
  return { ...box, areaMm2: Math.PI * ru * rv, holds: (u, v) => ((u - cu) / ru) ** 2 + ((v - cv) / rv) ** 2 <= 1 }
}

function toOutline(corners: readonly PlanePoint[]): Region {
  let doubled = 0
  corners.forEach(([u, v], n) => {
    const [nextU, nextV] = corners[(n + 1) % corners.length]
    doubled += u * nextV - nextU * v
  })
  return { ...toBox(corners), areaMm2: Math.abs(doubled) / 2, holds: (u, v) => isWithin(corners, u, v) }
}

function isWithin(corners: readonly PlanePoint[], u: number, v: number): boolean {
  let isInside = false
  for (let n = 0, last = corners.length - 1; n < corners.length; last = n++) {
    const [au, av] = corners[n]
    const [bu, bv] = corners[last]
    if (av > v !== bv > v && u < au + ((v - av) / (bv - av)) * (bu - au)) isInside = !isInside
  }
  return isInside
}
