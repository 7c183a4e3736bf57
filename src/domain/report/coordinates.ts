import { toGridPoint, toVolumeGrid } from '../geometry/grid.ts'
import { addScaled, cross, dot, subtract } from '../geometry/vector.ts'
import { toHandles } from '../measure/editMeasure.ts'
import { fromPlanePoint, type MeasureShape, toNormal, toPlanePoint } from '../measure/measure.ts'
import { type SlicePlace, type SourceSlice, slicesOfLayer } from '../volume/sourceSlices.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import type { Code } from './codes.ts'
import { type Item, type Relationship, toCoordinates, toImage } from './contentItem.ts'

/** A measure lies on an image within this: pixels of it then say where it is as exactly as millimetres would. */
const ON_IMAGE_MM = 0.005
const PARALLEL = 1 - 1e-6

/** The one source image that a measure was drawn on; null for any other plane. */
export function toMeasuredImage(volume: Volume, shape: MeasureShape): SourceSlice | null {
  const points = toGraphics(shape).flatMap((graphic) => graphic.points)
  const holds = ({ place: { originLpsMm, rowLps, columnLps } }: SourceSlice) => {
    const normal = cross(rowLps, columnLps)
    return points.every((point) => Math.abs(dot(normal, subtract(point, originLpsMm))) <= ON_IMAGE_MM)
  }
  return isAlong(volume, shape) ? (toTouchedSlices(volume, shape).find(holds) ?? null) : null
}

/** A line lies in many planes: of which one it is, its own says. */
const isAlong = (volume: Volume, { plane }: MeasureShape): boolean =>
  Math.abs(dot(toNormal(plane), volume.directionLps[2])) > PARALLEL

/** Pixels of an image, from the corner of the first one, so that its middle is 0.5\\0.5 (PS3.3 C.18.6). */
function toPixels({ place: { originLpsMm, rowLps, columnLps, pixelSpacingMm } }: SourceSlice, point: Vec3) {
  const from = subtract(point, originLpsMm)
  return [dot(from, rowLps) / pixelSpacingMm[1] + 0.5, dot(from, columnLps) / pixelSpacingMm[0] + 0.5]
}

/** Back from pixels, LPS mm. */
export function fromPixels(
  { originLpsMm, rowLps, columnLps, pixelSpacingMm }: SlicePlace,
  column: number,
  row: number,
): Vec3 {
  const along = addScaled(originLpsMm, rowLps, (column - 0.5) * pixelSpacingMm[1])
  return addScaled(along, columnLps, (row - 0.5) * pixelSpacingMm[0])
}

/** How a measure is drawn: its graphics by the terms of SCOORD (PS3.3 C.18.6) and SCOORD3D (C.18.9). */
export interface Graphic {
  readonly type: 'POINT' | 'POLYLINE' | 'POLYGON' | 'ELLIPSE'
  readonly points: readonly Vec3[]
}

/** A graphic for each number that has one of its own: both axes of a bidirectional, else a single one. */
export function toGraphics(shape: MeasureShape): readonly Graphic[] {
  const { kind, points } = shape
  if (kind === 'probe') return [{ type: 'POINT', points }]
  if (kind === 'bidirectional' || kind === 'nodule') return [toLine(points.slice(0, 2)), toLine(points.slice(2))]
  if (kind === 'ellipse') return [{ type: 'ELLIPSE', points: toAxisEnds(shape) }]
  if (kind === 'rectangle') return [toClosed(toHandles(shape))]
  return kind === 'freehand' ? [toClosed(points)] : [toLine(points)]
}

const toLine = (points: readonly Vec3[]): Graphic => ({ type: 'POLYLINE', points })

const toClosed = (points: readonly Vec3[]): Graphic => ({ type: 'POLYGON', points: [...points, points[0]] })

/** Ends of the major axis, then of the minor one, each from the side of the first corner. */
function toAxisEnds(shape: MeasureShape): Vec3[] {
  const [u, v] = toPlanePoint(shape, shape.points[1])
  const across = [fromPlanePoint(shape, [0, v / 2]), fromPlanePoint(shape, [u, v / 2])]
  const along = [fromPlanePoint(shape, [u / 2, 0]), fromPlanePoint(shape, [u / 2, v])]
  return Math.abs(u) >= Math.abs(v) ? [...across, ...along] : [...along, ...across]
}

/** A graphic as a content item: in pixels of the image it lies on, else in millimetres of the frame of reference. */
export function toCoordinateItem(
  relationship: Relationship,
  name: Code | null,
  { type, points }: Graphic,
  { image, frameOfReferenceUid }: Place,
): Item {
  if (!image)
    return toCoordinates(relationship, name, 'SCOORD3D', {
      GraphicType: type,
      GraphicData: points.flat(),
      ReferencedFrameOfReferenceUID: frameOfReferenceUid,
    })
  return toCoordinates(relationship, name, 'SCOORD', {
    GraphicType: type === 'POLYGON' ? 'POLYLINE' : type,
    GraphicData: points.flatMap((point) => toPixels(image, point)),
    ContentSequence: [toImage('SELECTED FROM', null, image)],
  })
}

/** What coordinates refer to. */
export interface Place {
  readonly volume: Volume
  readonly image: SourceSlice | null
  readonly frameOfReferenceUid: string
}

/** The source slices that a measure touches, the nearest layers of a plane between them as well. */
export function toTouchedSlices(volume: Volume, shape: MeasureShape): readonly SourceSlice[] {
  const grid = toVolumeGrid(volume)
  const heights = toGraphics(shape).flatMap(({ points }) => points.map((point) => toGridPoint(grid, point)[2]))
  const least = Math.max(0, Math.round(heights.reduce((a, b) => Math.min(a, b))))
  const most = Math.min(volume.size[2] - 1, Math.round(heights.reduce((a, b) => Math.max(a, b))))
  const layers = Array.from({ length: Math.max(0, most - least + 1) }, (_, n) => least + n)
  return [...new Set(layers.flatMap((k) => slicesOfLayer(volume, k)))]
}
