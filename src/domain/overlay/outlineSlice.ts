import { cross, dot, lengthOf, scale, subtract } from '../geometry/vector.ts'
import type { Vec3 } from '../volume/volume.ts'
import type { SliceRaster } from './overlaySlice.ts'
import type { Outline } from './segmentation.ts'
import { type ContourPoints, pointAt, SAME_PLANE_MM } from './structureSet/contourStack.ts'

/** Planes are parallel within a tenth of a degree. */
const PARALLEL = Math.cos((0.1 * Math.PI) / 180)
/** Points are shown in planes no farther than this, mm. */
const POINT_REACH_MM = 2

/** A line or a point in pixels of the raster, whole numbers in the middle of a pixel. */
export type PixelChain = readonly (readonly [x: number, y: number])[]

/** What is drawn of a region in a plane. */
export interface OutlineSlice {
  readonly segment: number
  /** Closed chains, filled by the even-odd rule. */
  readonly chains: readonly PixelChain[]
  readonly points: PixelChain
}

/** Whether a plane is one of those in which the region was drawn, so that its contours themselves are shown. */
export function isAlong({ stack }: Outline, raster: SliceRaster): boolean {
  return stack !== null && Math.abs(dot(stack.normalLps, toNormal(raster))) >= PARALLEL
}

/** Contours of the plane nearest to that of the raster, where it stands for it, and points near it. */
export function sliceOutline(outline: Outline, raster: SliceRaster): OutlineSlice {
  const { segment, stack, points } = outline
  const toPixels = (contour: ContourPoints) =>
    Array.from({ length: contour.length / 3 }, (_, n) => toPixel(raster, pointAt(contour, n)))
  const normal = toNormal(raster)
  const isNear = (point: Vec3) => Math.abs(dot(normal, subtract(point, raster.originLpsMm))) <= POINT_REACH_MM
  const near = points.flatMap((contour) =>
    Array.from({ length: contour.length / 3 }, (_, n) => pointAt(contour, n)).filter(isNear),
  )
  const plane = stack && isAlong(outline, raster) ? toPlane(stack, dot(stack.normalLps, raster.originLpsMm)) : null
  return {
    segment,
    chains: plane ? plane.contours.map(toPixels) : [],
    points: near.map((point) => toPixel(raster, point)),
  }
}

function toPlane({ planes }: NonNullable<Outline['stack']>, offsetMm: number) {
  const nearest = planes.reduce((best, one) =>
    Math.abs(one.offsetMm - offsetMm) < Math.abs(best.offsetMm - offsetMm) ? one : best,
  )
  const reach = Math.max(SAME_PLANE_MM, nearest.thicknessMm / 2)
  return Math.abs(nearest.offsetMm - offsetMm) <= reach + 1e-6 ? nearest : null
}

function toNormal({ stepXLpsMm, stepYLpsMm }: SliceRaster): Vec3 {
  const across = cross(stepXLpsMm, stepYLpsMm)
  return scale(across, 1 / lengthOf(across))
}

function toPixel({ originLpsMm, stepXLpsMm, stepYLpsMm }: SliceRaster, point: Vec3): readonly [number, number] {
  const from = subtract(point, originLpsMm)
  return [dot(from, stepXLpsMm) / dot(stepXLpsMm, stepXLpsMm), dot(from, stepYLpsMm) / dot(stepYLpsMm, stepYLpsMm)]
}
