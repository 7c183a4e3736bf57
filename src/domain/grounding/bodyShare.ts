import type { BodyMask } from '../ct/chestRegion/coarseBody.ts'
import { type Grid, toGrid, toGridPoint, toGridVector, toPatientPoint } from '../geometry/grid.ts'
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

/**
 * Calls for every cell of the mask that lies in a cell of the grid, with the square of how far it lies from that one's centre, in
 * cells. Both are right-angled or oblique lattices, so that a step in the mask is always the same step in the grid: a million
 * cells without a single array.
 */
function eachInside(grid: Grid, mask: BodyMask, tell: (cell: number, distance: number, n: number) => void): void {
  const [sx, sy, sz] = mask.stepsLpsMm.map((step) => toGridVector(grid, step))
  const [ox, oy, oz] = toGridPoint(grid, mask.originLpsMm)
  const [mx, my, mz] = mask.size
  const [nx, ny, nz] = grid.size
  for (let z = 0, n = 0; z < mz; z++)
    for (let y = 0; y < my; y++)
      for (let x = 0; x < mx; x++, n++) {
        if (!mask.inside[n]) continue
        const a = ox + x * sx[0] + y * sy[0] + z * sz[0]
        const b = oy + x * sx[1] + y * sy[1] + z * sz[1]
        const c = oz + x * sx[2] + y * sy[2] + z * sz[2]
        const i = Math.round(a)
        const j = Math.round(b)
        const k = Math.round(c)
        if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) continue
        tell(i + nx * (j + ny * k), (a - i) ** 2 + (b - j) ** 2 + (c - k) ** 2, n)
      }
}

/** Counts the mask's cells in every cell of the grid. Null where the grid holds nothing of the patient. */
export function measureBodyShare(grid: Grid, mask: BodyMask): BodyShare | null {
  const cells = toGrid(mask, mask.size)
  const counts = new Float32Array(grid.size[0] * grid.size[1] * grid.size[2])
  const distances = new Float32Array(counts.length).fill(Number.POSITIVE_INFINITY)
  const nearest = new Int32Array(counts.length)
  eachInside(grid, mask, (cell, distance, n) => {
    counts[cell]++
    if (distance < distances[cell]) [distances[cell], nearest[cell]] = [distance, n]
  })
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
