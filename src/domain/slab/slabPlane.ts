import { type Grid, toGridPoint, toGridVector } from '../geometry/grid.ts'
import { addScaled } from '../geometry/vector.ts'
import type { Vec3 } from '../volume/volume.ts'

/** Where the pixels of a plane lie among the voxels of a volume: continuous indices as an affine function of the pixel. */
export interface SlabPlane {
  readonly width: number
  readonly height: number
  /** Indices at the centre of pixel (0, 0), and what one pixel to the right and one downwards adds. */
  readonly at: Vec3
  readonly perX: Vec3
  readonly perY: Vec3
  /** What one millimetre along the plane's normal adds. */
  readonly perMm: Vec3
}

/** A raster in the patient: centre of pixel (0, 0), one step to the right and one downwards, LPS mm. */
export interface SlabRaster {
  readonly width: number
  readonly height: number
  readonly originLpsMm: Vec3
  readonly stepXLpsMm: Vec3
  readonly stepYLpsMm: Vec3
}

/** `normal`: unit vector, LPS. */
export const toSlabPlane = (grid: Grid, raster: SlabRaster, normal: Vec3): SlabPlane => ({
  width: raster.width,
  height: raster.height,
  at: toGridPoint(grid, raster.originLpsMm),
  perX: toGridVector(grid, raster.stepXLpsMm),
  perY: toGridVector(grid, raster.stepYLpsMm),
  perMm: toGridVector(grid, normal),
})

/** Axes of the volume along which a plane's pixels run and its slab lies. */
export interface PlaneAxes {
  readonly x: number
  readonly y: number
  readonly slab: number
}

/**
 * How far a line may leave its axis over the whole picture, voxels. Views come in single precision, which is some
 * thousandths of a voxel at the far edge.
 */
const STRAY_VOXELS = 0.02

/** The one axis that a direction runs along over a length, or null where it is oblique. */
export function toAxis(step: Vec3, length: number): number | null {
  const sizes = step.map((part) => Math.abs(part) * length)
  const axis = sizes.indexOf(Math.max(...sizes))
  return sizes.every((size, n) => n === axis || size <= STRAY_VOXELS) ? axis : null
}

/** The axes of a plane that lies along the voxels; null for one that is oblique to them. */
export function toPlaneAxes({ width, height, perX, perY, perMm }: SlabPlane, thicknessMm: number): PlaneAxes | null {
  const [x, y, slab] = [toAxis(perX, width), toAxis(perY, height), toAxis(perMm, thicknessMm)]
  return x === null || y === null || slab === null || new Set([x, y, slab]).size < 3 ? null : { x, y, slab }
}

/** Some rows of a plane. */
export const toRowsOf = (plane: SlabPlane, from: number, count: number): SlabPlane => ({
  ...plane,
  height: count,
  at: addScaled(plane.at, plane.perY, from),
})
