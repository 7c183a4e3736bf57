import type { BodyMask } from '../ct/chestRegion/coarseBody.ts'
import { type Grid, toGrid, toGridPoint, toPatientPoint } from '../geometry/grid.ts'
import type { Vec3 } from '../volume/volume.ts'

/** What of the patient lies in the cells of another grid, `x + nx · (y + ny · z)`. */
export interface BodyShare {
  /** Share of a cell's volume within the patient, 0…1. */
  readonly shares: Float32Array
  /** A cell's centre where it lies in the patient or the cell holds nothing of one; else the point of the patient nearest to it, LPS mm. */
  toPointLpsMm(cell: number): Vec3
}

const toCell = (index: number, [nx, ny]: Vec3): Vec3 => [
  index % nx,
  Math.floor(index / nx) % ny,
  Math.floor(index / (nx * ny)),
]

/** Index of the cell in which a point lies; −1 outside. */
function toIndex({ size }: Grid, point: Vec3): number {
  const [x, y, z] = [Math.round(point[0]), Math.round(point[1]), Math.round(point[2])]
  const isWithin = x >= 0 && y >= 0 && z >= 0 && x < size[0] && y < size[1] && z < size[2]
  return isWithin ? x + size[0] * (y + size[1] * z) : -1
}

/** Cells of the fine grid in one of the coarse: the ratio of their volumes. */
function toRatio(coarse: Grid, fine: Grid): number {
  const volume = ({ rows: [[a, b, c], [d, e, f], [g, h, i]] }: Grid) =>
    1 / Math.abs(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g))
  return volume(coarse) / volume(fine)
}

/** Counts the mask's cells in every cell of the grid. Null where the grid holds nothing of the patient. */
export function measureBodyShare(grid: Grid, mask: BodyMask): BodyShare | null {
  const cells = toGrid(mask, mask.size)
  const counts = new Float32Array(grid.size[0] * grid.size[1] * grid.size[2])
  const distances = new Float32Array(counts.length).fill(Number.POSITIVE_INFINITY)
  const nearest = new Int32Array(counts.length)
  for (let n = 0; n < mask.inside.length; n++) {
    if (!mask.inside[n]) continue
    const point = toGridPoint(grid, toPatientPoint(cells, toCell(n, mask.size)))
    const cell = toIndex(grid, point)
    if (cell < 0) continue
    counts[cell]++
    const distance = point.reduce((sum, at) => sum + (at - Math.round(at)) ** 2, 0)
    if (distance < distances[cell]) [distances[cell], nearest[cell]] = [distance, n]
  }
  if (counts.every((count) => count === 0)) return null
  const ratio = toRatio(grid, cells)
  return {
    shares: counts.map((count) => Math.min(1, count / ratio)),
    toPointLpsMm(cell) {
      const centre = toPatientPoint(grid, toCell(cell, grid.size))
      const at = toIndex(cells, toGridPoint(cells, centre))
      if (counts[cell] === 0 || (at >= 0 && mask.inside[at])) return centre
      return toPatientPoint(cells, toCell(nearest[cell], mask.size))
    },
  }
}
