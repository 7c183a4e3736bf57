import type { Vec3, VolumeGeometry } from '../domain/volume/volume.ts'
import { type GridRows, toGridPoint, toGridRows, toGridVector, toVolumeFrame } from './gridFrame.ts'
import type { HeatOverlay } from './viewer.ts'

/** Where the pixels of a raster lie in the patient: centre of pixel (0, 0) and one pixel's step along x and y, LPS mm. */
export interface PlaneRaster {
  readonly width: number
  readonly height: number
  readonly originLpsMm: Vec3
  readonly stepXLpsMm: Vec3
  readonly stepYLpsMm: Vec3
}

/** Heat made ready for drawing: positive contributions only, divided by the largest. */
export interface HeatField {
  readonly shares: Float32Array
  readonly tokenGrid: Vec3
  readonly frame: Pick<HeatOverlay, 'originLpsMm' | 'stepsLpsMm'>
  readonly rows: GridRows
}

/** Null where no token contributes: there is nothing to show. */
export function toHeatField({ values, tokenGrid, originLpsMm, stepsLpsMm }: HeatOverlay): HeatField | null {
  const largest = values.reduce((max, value) => Math.max(max, value), 0)
  if (!(largest > 0)) return null
  const shares = values.map((value) => Math.max(0, value) / largest)
  return { shares, tokenGrid, frame: { originLpsMm, stepsLpsMm }, rows: toGridRows(stepsLpsMm) }
}

/** A grid coordinate as an affine function of the pixel: `at + x·perX + y·perY`. */
interface Ramp {
  readonly at: Vec3
  readonly perX: Vec3
  readonly perY: Vec3
}

function toRamp(frame: HeatField['frame'], rows: GridRows, raster: PlaneRaster): Ramp {
  return {
    at: toGridPoint(frame, rows, raster.originLpsMm),
    perX: toGridVector(rows, raster.stepXLpsMm),
    perY: toGridVector(rows, raster.stepYLpsMm),
  }
}

const isWithinCells = (x: number, y: number, z: number, size: Vec3): boolean =>
  x >= -0.5 && y >= -0.5 && z >= -0.5 && x <= size[0] - 0.5 && y <= size[1] - 0.5 && z <= size[2] - 0.5

/** Trilinear between token centres; the half token beyond the outermost centres repeats them. */
function interpolate({ shares, tokenGrid: [nx, ny, nz] }: HeatField, x: number, y: number, z: number): number {
  const cx = Math.min(nx - 1, Math.max(0, x))
  const cy = Math.min(ny - 1, Math.max(0, y))
  const cz = Math.min(nz - 1, Math.max(0, z))
  const x0 = Math.floor(cx)
  const y0 = Math.floor(cy)
  const z0 = Math.floor(cz)
  const stepX = x0 + 1 < nx ? 1 : 0
  const stepY = y0 + 1 < ny ? nx : 0
  const stepZ = z0 + 1 < nz ? nx * ny : 0
  const fx = cx - x0
  const fy = cy - y0
  const base = x0 + nx * (y0 + ny * z0)
  const along = (at: number) => shares[at] + (shares[at + stepX] - shares[at]) * fx
  const across = (at: number) => along(at) + (along(at + stepY) - along(at)) * fy
  const near = across(base)
  return near + (across(base + stepZ) - near) * (cz - z0)
}

/**
 * Heat on a plane of the view, 0…1 a pixel, row by row. Zero outside the token grid, and outside the volume: tokens of
 * padding are nobody's tissue. `out` needs `width·height` values.
 */
export function sampleHeatPlane(
  heat: HeatField,
  geometry: VolumeGeometry,
  raster: PlaneRaster,
  out: Float32Array,
): void {
  const volumeFrame = toVolumeFrame(geometry)
  const token = toRamp(heat.frame, heat.rows, raster)
  const voxel = toRamp(volumeFrame, toGridRows(volumeFrame.stepsLpsMm), raster)
  const at = (ramp: Ramp, axis: 0 | 1 | 2, x: number, y: number) =>
    ramp.at[axis] + x * ramp.perX[axis] + y * ramp.perY[axis]
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      const [tx, ty, tz] = [at(token, 0, x, y), at(token, 1, x, y), at(token, 2, x, y)]
      const isShown =
        isWithinCells(tx, ty, tz, heat.tokenGrid) &&
        isWithinCells(at(voxel, 0, x, y), at(voxel, 1, x, y), at(voxel, 2, x, y), geometry.size)
      out[x + raster.width * y] = isShown ? interpolate(heat, tx, ty, tz) : 0
    }
  }
}
