import { type Grid, isWithinCells } from '../../domain/geometry/grid.ts'
import { isMissingAt, isMissingOver, type MissingMask } from '../../domain/volume/measuredLayers.ts'
import { toGridRamp } from './gridRamp.ts'
import type { PlaneRaster } from './layer.ts'

/** Stripes of the hatching: one in so many pixels, so many wide. */
const STRIPE_EVERY_PX = 12
const STRIPE_PX = 2
const GROUND = [12, 13, 15] as const
const STRIPE = [122, 96, 48] as const

/** Where in the raster one gap is, pixels, ends included. */
export interface MissingBounds {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * Covers what was not measured in a plane, or anywhere in a slab that reaches so many layers to either side of it, with an opaque hatching, RGBA into `out` (4 · width · height, zero before), and
 * tells where the first gap of it lies; null where nothing is missing. Missing layers are those of the mask, up to their neighbours' centres: what a view
 * draws there is mixed with a layer that holds nothing.
 */
export function paintMissing(
  grid: Grid,
  missing: MissingMask,
  raster: PlaneRaster,
  out: Uint8ClampedArray,
  reach = 0,
): MissingBounds | null {
  const isMissing = reach > 0 ? (k: number) => isMissingOver(missing, k, reach) : (k: number) => isMissingAt(missing, k)
  const { at, perX, perY } = toGridRamp(grid, raster)
  let first: Gap | null = null
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      const k = at[2] + x * perX[2] + y * perY[2]
      if (!isMissing(k)) continue
      if (!isWithinCells(grid.size, at[0] + x * perX[0] + y * perY[0], at[1] + x * perX[1] + y * perY[1], k)) continue
      first ??= toGap(missing, k, x, y)
      if (k >= first.from && k <= first.to) extend(first.bounds, x, y)
      paintPixel(out, 4 * (x + y * raster.width), (x + y) % STRIPE_EVERY_PX < STRIPE_PX ? STRIPE : GROUND)
    }
  }
  return first?.bounds ?? null
}

interface Gap {
  /** Continuous layers, ends included. */
  readonly from: number
  readonly to: number
  readonly bounds: { -readonly [Side in keyof MissingBounds]: MissingBounds[Side] }
}

/** The gap that a place along k lies in, from one measured neighbour to the other. */
function toGap(missing: MissingMask, k: number, x: number, y: number): Gap {
  const isOpen = (layer: number) => layer >= 0 && layer < missing.length && missing[layer] > 1
  let from = Math.floor(k)
  let to = from + 1
  while (isOpen(from - 1)) from--
  while (isOpen(to)) to++
  return { from, to, bounds: { left: x, right: x, top: y, bottom: y } }
}

function extend(bounds: Gap['bounds'], x: number, y: number): void {
  bounds.left = Math.min(bounds.left, x)
  bounds.right = Math.max(bounds.right, x)
  bounds.top = Math.min(bounds.top, y)
  bounds.bottom = Math.max(bounds.bottom, y)
}

function paintPixel(out: Uint8ClampedArray, at: number, [red, green, blue]: readonly [number, number, number]): void {
  out[at] = red
  out[at + 1] = green
  out[at + 2] = blue
  out[at + 3] = 255
}
