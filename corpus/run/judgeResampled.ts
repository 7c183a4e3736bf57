import type { Volume } from '../../src/domain/volume/volume.ts'
import { type ExpectedScan, type Item, planeOf } from './expectation.ts'
import { stackAxisOf } from './judgeVolume.ts'
import { indexOf, type Point, pointOf, toPlanePoint } from './place.ts'

/** At and below this HU nothing is shown. */
const AIR_HU = -1000

/** A layer between two planes holds nothing that lies outside what its two neighbours hold, or is air at the rim. */
export function compareBetween(volume: Volume, item: Item, scan: ExpectedScan, layer: number): string | null {
  const axis = stackAxisOf(volume, scan)
  const places = scan.originsLpsMm.map((_, plane) => indexOf(volume, toPlanePoint(scan, plane, 0, 0))[axis])
  const below = nearest(places, (place) => layer - place)
  const above = nearest(places, (place) => place - layer)
  const end = below ?? above
  if (end === null || (Math.abs(places[end] - layer) > 1 && (below === null || above === null)))
    return `layer ${layer} lies beyond the planes`
  // Beyond the last plane by less than a layer: that plane's own.
  const [one, other] = [planeOf(item, scan, below ?? end), planeOf(item, scan, above ?? end)]
  const shown = layerPixels(volume, scan, layer)
  const outside = shown.findIndex(
    (value, n) => value < Math.min(one[n], other[n]) - 1 || value > Math.max(one[n], other[n]) + 1,
  )
  return outside < 0 ? null : `layer ${layer} holds ${shown[outside]} HU between ${one[outside]} and ${other[outside]}`
}

function nearest(places: readonly number[], distanceOf: (place: number) => number): number | null {
  const [best] = places
    .map((place, plane) => ({ plane, distance: distanceOf(place) }))
    .filter(({ distance }) => distance >= -1e-6)
    .sort((a, b) => a.distance - b.distance)
  return best ? best.plane : null
}

function layerPixels(volume: Volume, scan: ExpectedScan, layer: number): Int16Array {
  const axis = stackAxisOf(volume, scan)
  const shown = new Int16Array(scan.columns * scan.rows)
  for (let j = 0; j < scan.rows; j++) {
    for (let i = 0; i < scan.columns; i++) {
      const index = indexOf(volume, toPlanePoint(scan, 0, i, j)).map(Math.round)
      index[axis] = layer
      shown[i + j * scan.columns] = volume.hu[index[0] + volume.size[0] * (index[1] + volume.size[1] * index[2])]
    }
  }
  return shown
}

/** Every voxel of a layer that was resampled sideways is within the pixels around it; beyond the plane there is air. */
export function compareTilted(
  volume: Volume,
  item: Item,
  scan: ExpectedScan,
  plane: number,
  layer: number,
): string | null {
  const pixels = planeOf(item, scan, plane)
  const axis = stackAxisOf(volume, scan)
  const across = ([0, 1, 2] as const).filter((n) => n !== axis)
  for (let v = 0; v < volume.size[across[1]]; v++) {
    for (let u = 0; u < volume.size[across[0]]; u++) {
      const index = [0, 0, 0]
      index[axis] = layer
      index[across[0]] = u
      index[across[1]] = v
      const value = volume.hu[index[0] + volume.size[0] * (index[1] + volume.size[1] * index[2])]
      const [x, y] = toPixel(scan, plane, pointOf(volume, index as unknown as Point))
      const fault = judgeResampled(value, pixels, scan, x, y)
      if (fault) return `plane ${plane}: ${fault}`
    }
  }
  return null
}

/** Column and row of a point in a plane, with fractions. */
function toPixel(
  { originsLpsMm, rowLps, columnLps, spacingMm }: ExpectedScan,
  plane: number,
  point: Point,
): [number, number] {
  const moved = point.map((value, n) => value - originsLpsMm[plane][n])
  const along = (axis: readonly number[]) => moved.reduce((sum, value, n) => sum + value * axis[n], 0)
  const [x, y, skew] = [
    along(rowLps),
    along(columnLps),
    rowLps.reduce((sum, value, n) => sum + value * columnLps[n], 0),
  ]
  const square = 1 - skew * skew
  return [(x - skew * y) / square / spacingMm[0], (y - skew * x) / square / spacingMm[1]]
}

function judgeResampled(
  value: number,
  pixels: Int16Array,
  { columns, rows }: ExpectedScan,
  x: number,
  y: number,
): string | null {
  const beyond = Math.max(-x, -y, x - (columns - 1), y - (rows - 1))
  if (beyond > 1) return value <= AIR_HU ? null : `${value} HU beyond its rim`
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  // A rounding of the place may take the next pixel in.
  for (let j = Math.floor(y - 0.02); j <= Math.ceil(y + 0.02); j++) {
    for (let i = Math.floor(x - 0.02); i <= Math.ceil(x + 0.02); i++) {
      const pixel = pixels[Math.max(0, Math.min(columns - 1, i)) + columns * Math.max(0, Math.min(rows - 1, j))]
      low = Math.min(low, pixel)
      high = Math.max(high, pixel)
    }
  }
  if (value >= low - 1 && value <= high + 1) return null
  if (beyond > -0.02 && value <= AIR_HU) return null
  return `${value} HU where the source has ${low} to ${high}`
}
