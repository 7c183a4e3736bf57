import { type Grid, isWithinCells, toGrid } from '../../domain/geometry/grid.ts'
import { measureBodyShare } from '../../domain/grounding/bodyShare.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import type { HeatOverlay } from '../viewer.ts'
import { type GridRamp, toGridRamp } from './gridRamp.ts'
import type { PlaneRaster } from './layer.ts'

/** Heat made ready for drawing: positive contributions only, the largest within the patient as strong as the evidence. */
export interface HeatField {
  readonly shares: Float32Array
  readonly tokens: Grid
  /** The largest share, 0…1. */
  readonly strength: number
  /** Where the patient is; null: everywhere. */
  readonly body: { readonly cells: Grid; readonly inside: Uint8Array } | null
}

/** Null where no token contributes: there is nothing to show. */
export function toHeatField({ values, tokenGrid, strength, body, ...frame }: HeatOverlay): HeatField | null {
  const tokens = toGrid(frame, tokenGrid)
  const within = body && measureBodyShare(tokens, body)
  const largest = values.reduce((max, value, n) => Math.max(max, value * (within?.shares[n] ?? 1)), 0)
  if (!(largest > 0 && strength > 0)) return null
  const shares = values.map((value) => strength * Math.min(1, Math.max(0, value) / largest))
  return {
    shares,
    tokens,
    strength,
    body: body && { cells: toGrid(body, body.size), inside: body.inside },
  }
}

/** Trilinear between centres; the half cell beyond the outermost centres repeats them. */
function interpolate(shares: Float32Array | Uint8Array, [nx, ny, nz]: Vec3, x: number, y: number, z: number): number {
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
 * Heat on a plane of the view, 0…1 a pixel, row by row. Zero outside the token grid, the patient and the volume: tokens of
 * padding and of the air around are nobody's tissue. `out` needs `width·height` values.
 */
export function sampleHeatPlane(heat: HeatField, volume: Grid, raster: PlaneRaster, out: Float32Array): void {
  const token = toGridRamp(heat.tokens, raster)
  const voxel = toGridRamp(volume, raster)
  const { body } = heat
  const cell = body && toGridRamp(body.cells, raster)
  const at = (ramp: GridRamp, axis: 0 | 1 | 2, x: number, y: number) =>
    ramp.at[axis] + x * ramp.perX[axis] + y * ramp.perY[axis]
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      const [tx, ty, tz] = [at(token, 0, x, y), at(token, 1, x, y), at(token, 2, x, y)]
      const isShown =
        isWithinCells(heat.tokens.size, tx, ty, tz) &&
        isWithinCells(volume.size, at(voxel, 0, x, y), at(voxel, 1, x, y), at(voxel, 2, x, y))
      const share = isShown ? interpolate(heat.shares, heat.tokens.size, tx, ty, tz) : 0
      const within =
        body && cell && share > 0
          ? interpolate(body.inside, body.cells.size, at(cell, 0, x, y), at(cell, 1, x, y), at(cell, 2, x, y))
          : 1
      out[x + raster.width * y] = share * within
    }
  }
}
