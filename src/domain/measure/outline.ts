import type { Vec3 } from '../volume/volume.ts'
import { fromPlanePoint, type MeasureShape, toPlanePoint } from './measure.ts'

const ELLIPSE_CORNERS = 72

/** The lines of a measure, each a chain of points in LPS mm; a probe has none. */
export function toOutline(shape: MeasureShape): readonly (readonly Vec3[])[] {
  const { kind, points } = shape
  if (kind === 'probe') return [[points[0], points[0]]]
  if (kind === 'bidirectional' || kind === 'nodule') return [points.slice(0, 2), points.slice(2)]
  if (kind === 'freehand') return [[...points, points[0]]]
  if (kind === 'ellipse' || kind === 'rectangle') return [toBoxOutline(shape)]
  return [points]
}

function toBoxOutline(shape: MeasureShape): Vec3[] {
  const [u, v] = toPlanePoint(shape, shape.points[1])
  if (shape.kind === 'rectangle')
    return [
      [0, 0],
      [u, 0],
      [u, v],
      [0, v],
      [0, 0],
    ].map(([a, b]) => fromPlanePoint(shape, [a, b]))
  return Array.from({ length: ELLIPSE_CORNERS + 1 }, (_, n) => {
    const turn = (2 * Math.PI * n) / ELLIPSE_CORNERS
    return fromPlanePoint(shape, [(u / 2) * (1 + Math.cos(turn)), (v / 2) * (1 + Math.sin(turn))])
  })
}
