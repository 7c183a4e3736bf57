import { type Grid, toGrid, toPatientPoint } from '../geometry/grid.ts'
import { type Scan, toBoxMm } from '../volume/sides/coarseGrid.ts'
import { findTrunk } from '../volume/sides/trunk.ts'
import type { Vec3 } from '../volume/volume.ts'
import { sampleCells } from './sampleCells.ts'

/** What lies in and about the lungs of a scan, in cubic cells along the patient's axes: `x + nx · (y + ny · z)`. */
export interface LungScan extends Grid {
  readonly cellMm: number
  /** Mean HU, within −1000 … 100: bones and contrast medium differ between scans. */
  readonly hu: Float32Array
  /** 1 where something was measured. */
  readonly isMeasured: Uint8Array
  /** 1 in the lungs. */
  readonly lung: Uint8Array
  /** Cells of the lungs. */
  readonly lungCells: number
}

const CELL_MM = 4
const MOST_CELLS = 1_500_000
/** Room about the lungs, mm: chest wall and diaphragm. */
const MARGIN_MM = 40
const HU_RANGE = [-1000, 100] as const
/** Lungs of a newborn hold some 0.1 l; less is gas. */
const SMALLEST_LUNGS_MM3 = 60_000

/** Null where a scan shows no lungs. */
export function toLungScan(scan: Scan): LungScan | null {
  const [x, y, z] = toBoxMm(scan)
  const cellMm = Math.max(CELL_MM, Math.cbrt((x * y * z) / MOST_CELLS))
  const cells = sampleCells(scan, cellMm)
  const { lung } = findTrunk(cells)
  const box = findBox(lung, cells.size, Math.ceil(MARGIN_MM / cellMm))
  if (!box) return null
  const [low, size] = box
  const cut = <T extends Float32Array | Uint8Array>(all: T) => cutOut(all, cells.size, low, size)
  const hu = cut(cells.hu)
  const cutLung = cut(lung)
  const lungCells = cutLung.reduce((sum, one) => sum + one, 0)
  if (lungCells * cellMm ** 3 < SMALLEST_LUNGS_MM3) return null
  return {
    ...toGrid({ ...cells, originLpsMm: toPatientPoint(cells, low) }, size),
    cellMm,
    isMeasured: Uint8Array.from(hu, (value) => (Number.isNaN(value) ? 0 : 1)),
    hu: hu.map((value) => Math.min(Math.max(Number.isNaN(value) ? HU_RANGE[0] : value, HU_RANGE[0]), HU_RANGE[1])),
    lung: cutLung,
    lungCells,
  }
}

/** First cell and size of the box about a mask, with a margin of cells, within the grid. */
function findBox(mask: Uint8Array, [nx, ny, nz]: Vec3, margin: number): [low: Vec3, size: Vec3] | null {
  const low = [nx, ny, nz]
  const high = [-1, -1, -1]
  for (let at = 0; at < mask.length; at++) {
    if (!mask[at]) continue
    const cell = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
    for (let n = 0; n < 3; n++) {
      if (cell[n] < low[n]) low[n] = cell[n]
      if (cell[n] > high[n]) high[n] = cell[n]
    }
  }
  if (high[0] < 0) return null
  const first = low.map((at) => Math.max(0, at - margin))
  const last = high.map((at, n) => Math.min([nx, ny, nz][n] - 1, at + margin))
  return [first as unknown as Vec3, last.map((at, n) => at - first[n] + 1) as unknown as Vec3]
}

function cutOut<T extends Float32Array | Uint8Array>(all: T, [nx, ny]: Vec3, [x0, y0, z0]: Vec3, size: Vec3): T {
  const [mx, my, mz] = size
  const out = (all instanceof Uint8Array ? new Uint8Array(mx * my * mz) : new Float32Array(mx * my * mz)) as T
  for (let z = 0; z < mz; z++)
    for (let y = 0; y < my; y++) {
      const from = x0 + nx * (y + y0 + ny * (z + z0))
      out.set(all.subarray(from, from + mx), mx * (y + my * z))
    }
  return out
}
