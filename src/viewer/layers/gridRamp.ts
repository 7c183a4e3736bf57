import { type Grid, toGridPoint, toGridVector } from '../../domain/geometry/grid.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import type { PlaneRaster } from './layer.ts'

/** A grid coordinate as an affine function of the pixel: `at + x·perX + y·perY`. */
export interface GridRamp {
  readonly at: Vec3
  readonly perX: Vec3
  readonly perY: Vec3
}

export function toGridRamp(grid: Grid, raster: PlaneRaster): GridRamp {
  return {
    at: toGridPoint(grid, raster.originLpsMm),
    perX: toGridVector(grid, raster.stepXLpsMm),
    perY: toGridVector(grid, raster.stepYLpsMm),
  }
}
