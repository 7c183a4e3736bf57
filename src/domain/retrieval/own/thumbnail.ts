import { toGridPoint, toVolumeGrid } from '../../geometry/grid.ts'
import { type AxisCode, findClosestAxes } from '../../volume/closestAxes.ts'
import type { Vec3, Volume } from '../../volume/volume.ts'

/** A small grey picture, rows from the top. */
export interface Thumbnail {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

/** Rows and columns: small enough that a thousand cases take ten megabytes. */
export const THUMBNAIL_SIDE = 96
/** Lung window, as the viewer's preset. */
const WINDOW = { center: -600, width: 1500 }

/** As an axial slice is looked at: left of the patient at the right, back at the bottom. */
const AXIAL: readonly [AxisCode, AxisCode, AxisCode] = ['L', 'P', 'S']

/** Index along the axis of the layer in which a place lies, or the one nearest to it. */
function toLayer(volume: Volume, gridAxis: 0 | 1 | 2, pointLpsMm: Vec3): number {
  const at = Math.round(toGridPoint(toVolumeGrid(volume), pointLpsMm)[gridAxis])
  return Math.min(volume.size[gridAxis] - 1, Math.max(0, at))
}

/**
 * An axial slice in the lung window, its longer side 96 pixels, voxels as they are (nearest): the one through a place that was marked,
 * else the middle one.
 */
export function toThumbnail(volume: Volume, markedLpsMm: Vec3 | null = null): Thumbnail {
  const { size, spacingMm, hu, directionLps } = volume
  const axes = findClosestAxes(directionLps, AXIAL)
  const [acrossMm, downMm] = axes.slice(0, 2).map(({ gridAxis }) => size[gridAxis] * spacingMm[gridAxis])
  const perMm = THUMBNAIL_SIDE / Math.max(acrossMm, downMm)
  const width = Math.max(1, Math.round(acrossMm * perMm))
  const height = Math.max(1, Math.round(downMm * perMm))
  const strides = [1, size[0], size[0] * size[1]]
  /** Place along one of the axes, `share` of the way, as an offset into the voxels. */
  const offset = (n: number, share: number) => {
    const { gridAxis, flipped } = axes[n]
    const index = Math.min(size[gridAxis] - 1, Math.floor(share * size[gridAxis]))
    return strides[gridAxis] * (flipped ? size[gridAxis] - 1 - index : index)
  }
  const grey = new Uint8Array(width * height)
  const slice = markedLpsMm
    ? toLayer(volume, axes[2].gridAxis, markedLpsMm) * strides[axes[2].gridAxis]
    : offset(2, 0.5)
  for (let y = 0; y < height; y++) {
    const row = slice + offset(1, (y + 0.5) / height)
    for (let x = 0; x < width; x++) {
      const value = hu[row + offset(0, (x + 0.5) / width)]
      grey[y * width + x] = 255 * Math.min(1, Math.max(0, (value - WINDOW.center) / WINDOW.width + 0.5))
    }
  }
  return { width, height, grey }
}
