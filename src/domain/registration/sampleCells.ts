import { type GridFrame, toCentreLpsMm, toGridPoint, toGridVector, toVolumeGrid } from '../geometry/grid.ts'
import { add, addScaled, scale } from '../geometry/vector.ts'
import { type CoarseGrid, type Scan, toBoxMm } from '../volume/sides/coarseGrid.ts'
import type { Vec3 } from '../volume/volume.ts'

const LPS_AXES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const

/**
 * The box around a scan in cubic cells about its middle, along the patient's axes, and where they lie. A cell is the mean of eight places in
 * it, each read between voxels: the nearest voxel would move a scan by up to half a slice where slices and cells keep step.
 */
export function sampleCells(scan: Scan, cellMm: number): CoarseGrid & GridFrame {
  const grid = toVolumeGrid(scan)
  const size = toBoxMm(scan).map((mm) => Math.max(1, Math.round(mm / cellMm))) as unknown as Vec3
  const stepsLpsMm = LPS_AXES.map((axis) => scale(axis, cellMm)) as unknown as GridFrame['stepsLpsMm']
  const toFirst: Vec3 = [1 - size[0], 1 - size[1], 1 - size[2]]
  const originLpsMm = addScaled(toCentreLpsMm(grid), toFirst, cellMm / 2)
  const along = (axis: 0 | 1 | 2) =>
    Array.from({ length: 2 * size[axis] }, (_, n) =>
      toGridVector(grid, scale(LPS_AXES[axis], (n / 2 - 1 / 4) * cellMm)),
    )
  const first = toGridPoint(grid, originLpsMm)
  return {
    size,
    hu: averagePlaces(scan, size, [along(0), along(1), along(2).map((step) => add(first, step))]),
    originLpsMm,
    stepsLpsMm,
  }
}

/** Along x, y and z, in voxels: what each of two places a cell adds to the index. Those of z start at the first voxel. */
type Steps = readonly [x: readonly Vec3[], y: readonly Vec3[], z: readonly Vec3[]]

function averagePlaces(scan: Scan, [nx, ny, nz]: Vec3, [xs, ys, zs]: Steps): Float32Array {
  const sums = new Float32Array(nx * ny * nz)
  const counts = new Uint8Array(sums.length)
  const read = toReader(scan)
  for (let z = 0; z < zs.length; z++) {
    for (let y = 0; y < ys.length; y++) {
      const [i, j, k] = add(zs[z], ys[y])
      const row = nx * ((y >> 1) + ny * (z >> 1))
      for (let x = 0; x < xs.length; x++) {
        const value = read(xs[x][0] + i, xs[x][1] + j, xs[x][2] + k)
        if (Number.isNaN(value)) continue
        sums[row + (x >> 1)] += value
        counts[row + (x >> 1)]++
      }
    }
  }
  return sums.map((sum, at) => (counts[at] > 0 ? sum / counts[at] : Number.NaN))
}

/** Trilinear; NaN beyond the voxels' centres by more than half a voxel, and where a layer beside the place was not measured. */
function toReader({ hu, size: [ni, nj, nk], missing }: Scan): (i: number, j: number, k: number) => number {
  const isMissing = new Uint8Array(nk)
  for (const k of missing) isMissing[k] = 1
  const area = ni * nj
  return (x, y, z) => {
    if (!(x >= -0.5 && y >= -0.5 && z >= -0.5 && x <= ni - 0.5 && y <= nj - 0.5 && z <= nk - 0.5)) return Number.NaN
    const i = Math.min(Math.max(Math.floor(x), 0), Math.max(ni - 2, 0))
    const j = Math.min(Math.max(Math.floor(y), 0), Math.max(nj - 2, 0))
    const k = Math.min(Math.max(Math.floor(z), 0), Math.max(nk - 2, 0))
    const [right, down, up] = [ni > 1 ? 1 : 0, nj > 1 ? ni : 0, nk > 1 ? area : 0]
    if (isMissing[k] || isMissing[Math.min(k + 1, nk - 1)]) return Number.NaN
    const u = Math.min(Math.max(x - i, 0), 1)
    const v = Math.min(Math.max(y - j, 0), 1)
    const w = Math.min(Math.max(z - k, 0), 1)
    const a = i + ni * j + area * k
    const b = a + up
    const low =
      (hu[a] * (1 - u) + hu[a + right] * u) * (1 - v) + (hu[a + down] * (1 - u) + hu[a + down + right] * u) * v
    const high =
      (hu[b] * (1 - u) + hu[b + right] * u) * (1 - v) + (hu[b + down] * (1 - u) + hu[b + down + right] * u) * v
    return low + w * (high - low)
  }
}
