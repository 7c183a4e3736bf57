import { toCentreLpsMm, toGridPoint, toGridVector, toVolumeGrid } from '../../geometry/grid.ts'
import { add, scale } from '../../geometry/vector.ts'
import type { Vec3, Volume, VolumeGeometry } from '../volume.ts'

/** A scan in few cubic cells along the patient's axes: x to the Left, y to Posterior, z to Superior. */
export interface CoarseGrid {
  /** Cells along x, y, z. */
  readonly size: Vec3
  /** Mean HU of a cell, `x + nx · (y + ny · z)`; NaN where nothing was measured. */
  readonly hu: Float32Array
}

const LPS_AXES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const

/** What of a volume is looked at. */
export type Scan = Pick<Volume, keyof VolumeGeometry | 'hu' | 'missing'>

/** Edge of a cell for a scan of this width, mm: small beside a lung, so a child's scan has smaller ones. */
const CELLS_ACROSS = 50
const LARGEST_CELL_MM = 7
/** More cells than a chest needs; a scan of the whole body has larger ones. */
const MOST_CELLS = 250_000
/** Edges of scans in which a chest can be, mm: from a newborn's to a whole body's. */
const SMALLEST_BOX_MM: Vec3 = [80, 60, 60]
const LARGEST_BOX_MM: Vec3 = [1000, 1000, 3000]

/**
 * The box around a scan in cells about its middle. A cell is the mean of the voxels nearest to eight places in it, each a quarter of its
 * edge from its centre. Null where the box is not of a chest's size.
 */
export function toCoarseGrid(scan: Scan): CoarseGrid | null {
  const box = toBoxMm(scan)
  if (!box.every((mm, n) => mm >= SMALLEST_BOX_MM[n] && mm <= LARGEST_BOX_MM[n])) return null
  const cellMm = Math.max(
    Math.min(box[0] / CELLS_ACROSS, LARGEST_CELL_MM),
    Math.cbrt((box[0] * box[1] * box[2]) / MOST_CELLS),
  )
  const size = box.map((mm) => Math.round(mm / cellMm)) as unknown as Vec3
  return { size, hu: averagePlaces(scan, size, toSteps(scan, size, cellMm)) }
}

/** Edges along the patient's axes of the box that holds the scan, mm. */
export function toBoxMm({ size, spacingMm, directionLps }: VolumeGeometry): Vec3 {
  const along = (lps: 0 | 1 | 2) =>
    directionLps.reduce((sum, direction, axis) => sum + Math.abs(direction[lps]) * size[axis] * spacingMm[axis], 0)
  return [along(0), along(1), along(2)]
}

/** Along x, y and z, in voxels: what each of two places a cell adds to the index. Those of z start at the first voxel. */
type Steps = readonly [x: readonly Vec3[], y: readonly Vec3[], z: readonly Vec3[]]

function toSteps(scan: Scan, size: Vec3, cellMm: number): Steps {
  const grid = toVolumeGrid(scan)
  const middle = toGridPoint(grid, toCentreLpsMm(grid))
  const along = (axis: 0 | 1 | 2) =>
    Array.from({ length: 2 * size[axis] }, (_, n) =>
      toGridVector(grid, scale(LPS_AXES[axis], ((n - size[axis]) / 2 + 1 / 4) * cellMm)),
    )
  return [along(0), along(1), along(2).map((step) => add(middle, step))]
}

function averagePlaces({ hu, size, missing }: Scan, [nx, ny, nz]: Vec3, [xs, ys, zs]: Steps): Float32Array {
  const [ni, nj, nk] = size
  const sums = new Float32Array(nx * ny * nz)
  const counts = new Uint8Array(sums.length)
  const isMissing = new Uint8Array(nk)
  for (const k of missing) isMissing[k] = 1
  for (let z = 0; z < zs.length; z++) {
    for (let y = 0; y < ys.length; y++) {
      const [i0, j0, k0] = add(zs[z], ys[y])
      const row = nx * ((y >> 1) + ny * (z >> 1))
      for (let x = 0; x < xs.length; x++) {
        const i = Math.round(xs[x][0] + i0)
        const j = Math.round(xs[x][1] + j0)
        const k = Math.round(xs[x][2] + k0)
        if (i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk || isMissing[k]) continue
        sums[row + (x >> 1)] += hu[i + ni * (j + nj * k)]
        counts[row + (x >> 1)]++
      }
    }
  }
  return sums.map((sum, at) => (counts[at] > 0 ? sum / counts[at] : Number.NaN))
}
