import type { Vec3, Volume } from '../volume/volume.ts'
import { findMeasuredNeighbours } from './readAround.ts'

/** Voxels along the grid axes i, j, k: from `start` up to `end`, which is excluded. */
export interface VoxelBox {
  readonly start: Vec3
  readonly end: Vec3
}

export const wholeOf = (size: Vec3): VoxelBox => ({ start: [0, 0, 0], end: size })

/**
 * Bounding box of all voxels above a value in HU, as it would be were missing layers filled linearly between their
 * neighbours; null where no voxel is above.
 */
export function findForeground(volume: Volume, aboveHu: number): VoxelBox | null {
  const bounds = new Bounds(volume, aboveHu)
  const isMissing = new Set(volume.missing)
  for (let k = 0; k < volume.size[2]; k++) if (!isMissing.has(k)) bounds.addLayer(k)
  if (bounds.isEmpty) return null
  const [first, last] = growOverFilled(volume, aboveHu, bounds.layers, isMissing)
  const { columns, rows } = bounds
  return { start: [columns[0], rows[0], first], end: [columns[1] + 1, rows[1] + 1, last + 1] }
}

/** First and last index along each grid axis of what was found so far. */
class Bounds {
  readonly columns: [number, number]
  readonly rows: [number, number]
  readonly layers: [number, number]

  constructor(
    private readonly volume: Volume,
    private readonly aboveHu: number,
  ) {
    const [width, height, depth] = volume.size
    this.columns = [width, -1]
    this.rows = [height, -1]
    this.layers = [depth, -1]
  }

  get isEmpty(): boolean {
    return this.layers[1] < 0
  }

  /** Layers must come in rising order. */
  addLayer(k: number): void {
    const [width, height] = this.volume.size
    for (let j = 0; j < height; j++) {
      const start = (k * height + j) * width
      const isKnown = this.layers[1] === k && j >= this.rows[0] && j <= this.rows[1]
      if (!this.#widen(start, width) && (isKnown || !this.#hasAny(start))) continue
      this.rows[0] = Math.min(this.rows[0], j)
      this.rows[1] = Math.max(this.rows[1], j)
      this.layers[0] = Math.min(this.layers[0], k)
      this.layers[1] = k
    }
  }

  /** Looks at the ends of a row beyond the columns known so far. True where something was found there. */
  #widen(start: number, width: number): boolean {
    const { columns, aboveHu } = this
    const { hu } = this.volume
    const before = columns[0]
    const after = columns[1]
    for (let i = 0; i < columns[0]; i++) if (hu[start + i] > aboveHu) columns[0] = i
    for (let i = width - 1; i > columns[1]; i--) if (hu[start + i] > aboveHu) columns[1] = i
    return columns[0] < before || columns[1] > after
  }

  /** Whether there is something between the columns known so far. */
  #hasAny(start: number): boolean {
    const { hu } = this.volume
    for (let i = this.columns[0]; i <= this.columns[1]; i++) if (hu[start + i] > this.aboveHu) return true
    return false
  }
}

/** What is filled between a layer of the box and one outside it may lie above, too: no wider than its neighbours are. */
function growOverFilled(
  volume: Volume,
  aboveHu: number,
  [first, last]: readonly [number, number],
  isMissing: ReadonlySet<number>,
): readonly [first: number, last: number] {
  if (isMissing.size === 0) return [first, last]
  const neighbours = findMeasuredNeighbours(volume.size[2], isMissing)
  const isAbove = (k: number) =>
    isMissing.has(k) && hasAbove(volume, neighbours.below[k], neighbours.above[k], k, aboveHu)
  let from = first
  let to = last
  for (let k = first - 1; isMissing.has(k); k--) if (isAbove(k)) from = k
  for (let k = last + 1; isMissing.has(k); k++) if (isAbove(k)) to = k
  return [from, to]
}

/** Whether layer k, mixed from the measured ones below and above (−1: none, the other is repeated), has a voxel above. */
function hasAbove({ hu, size }: Volume, below: number, above: number, k: number, aboveHu: number): boolean {
  const layer = size[0] * size[1]
  const lower = below < 0 ? above : below
  const upper = above < 0 ? below : above
  const weight = upper === lower ? 0 : (k - lower) / (upper - lower)
  for (let n = 0; n < layer; n++) {
    const value = hu[lower * layer + n]
    if (value + (hu[upper * layer + n] - value) * weight > aboveHu) return true
  }
  return false
}
