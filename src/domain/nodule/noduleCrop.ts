import { type Grid, type GridFrame, toGrid, toGridPoint, toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { lengthOf } from '../geometry/vector.ts'
import type { Vec3, Volume } from '../volume/volume.ts'

/** A box of a volume about a place, to be sent to a worker: a few megabytes at most. */
export interface NoduleCrop extends GridFrame {
  readonly size: Vec3
  /** `i + size[0] * (j + size[1] * k)`; `NOT_MEASURED` in layers that are missing. */
  readonly hu: Int16Array
}

/** Below every HU. */
export const NOT_MEASURED = -32768

/** What lies up to so many mm from a place, as far as the volume reaches. */
export function toNoduleCrop(volume: Volume, seedLpsMm: Vec3, reachMm: number): NoduleCrop {
  const grid = toVolumeGrid(volume)
  const [low, high] = toBounds(grid, seedLpsMm, reachMm)
  const size = low.map((from, axis) => Math.max(0, high[axis] - from + 1)) as unknown as Vec3
  const hu = new Int16Array(size[0] * size[1] * size[2])
  const [nx, ny] = volume.size
  for (let k = 0; k < size[2]; k++) {
    const isMissing = volume.missing.includes(k + low[2])
    for (let j = 0; j < size[1]; j++) {
      const to = size[0] * (j + size[1] * k)
      const from = low[0] + nx * (j + low[1] + ny * (k + low[2]))
      if (isMissing) hu.fill(NOT_MEASURED, to, to + size[0])
      else hu.set(volume.hu.subarray(from, from + size[0]), to)
    }
  }
  return { originLpsMm: toPatientPoint(grid, low), stepsLpsMm: grid.stepsLpsMm, size, hu }
}

function toBounds(grid: Grid, seed: Vec3, reachMm: number): readonly [Vec3, Vec3] {
  const at = toGridPoint(grid, seed)
  // A row of the inverse is as long as a millimetre across the layers of its axis counts cells.
  const reach = grid.rows.map((row) => lengthOf(row) * reachMm)
  const low = at.map((n, axis) => Math.min(grid.size[axis], Math.max(0, Math.floor(n - reach[axis]))))
  const high = at.map((n, axis) => Math.max(-1, Math.min(grid.size[axis] - 1, Math.ceil(n + reach[axis]))))
  return [low as unknown as Vec3, high as unknown as Vec3]
}

/** Distance of the layers that lie farthest apart, mm. */
export const toSliceMm = ({ originLpsMm, stepsLpsMm, size }: NoduleCrop): number =>
  Math.max(...toGrid({ originLpsMm, stepsLpsMm }, size).rows.map((row) => 1 / lengthOf(row)))
