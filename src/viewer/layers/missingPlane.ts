import { type Grid, isWithinCells } from '../../domain/geometry/grid.ts'
import { isMissingAt, type MissingMask } from '../../domain/volume/measuredLayers.ts'
import { toGridRamp } from './gridRamp.ts'
import type { PlaneRaster } from './layer.ts'

/** Stripes of the hatching: one in so many pixels, so many wide. */
const STRIPE_EVERY_PX = 12
const STRIPE_PX = 2
const GROUND = [12, 13, 15] as const
const STRIPE = [122, 96, 48] as const

/** Where in the raster something is missing, pixels, ends included. */
export interface MissingBounds {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * Covers what was not measured in a plane with an opaque hatching, RGBA into `out` (4 · width · height, zero before). Null
 * where nothing is missing in it. Missing layers are those of the mask, up to their neighbours' centres: what a view
 * draws there is mixed with a layer that holds nothing.
 */
export function paintMissing(
  grid: Grid,
  missing: MissingMask,
  raster: PlaneRaster,
  out: Uint8ClampedArray,
): MissingBounds | null {
  const { at, perX, perY } = toGridRamp(grid, raster)
  let [left, right, top, bottom] = [raster.width, -1, raster.height, -1]
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      const k = at[2] + x * perX[2] + y * perY[2]
      if (!isMissingAt(missing, k)) continue
      if (!isWithinCells(grid.size, at[0] + x * perX[0] + y * perY[0], at[1] + x * perX[1] + y * perY[1], k)) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
      paintPixel(out, 4 * (x + y * raster.width), (x + y) % STRIPE_EVERY_PX < STRIPE_PX ? STRIPE : GROUND)
    }
  }
  return right < 0 ? null : { left, right, top, bottom }
}

function paintPixel(out: Uint8ClampedArray, at: number, [red, green, blue]: readonly [number, number, number]): void {
  out[at] = red
  out[at + 1] = green
  out[at + 2] = blue
  out[at + 3] = 255
}
