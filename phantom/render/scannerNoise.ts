import type { Random } from '../random.ts'
import type { RenderGrid } from './renderGrid.ts'

const TILE = 128
const LAYERS = 6

/** What the noise is made of: deviation in the middle of the body and how it is correlated in the slice. */
export interface NoiseSpec {
  readonly deviationHu: number
  /** Weight of a voxel's four neighbours relative to its own: 0 = white. */
  readonly blur: number
}

/** Adds quantum noise: correlated in the slice, independent between slices, stronger through the shoulders and the middle. */
export function addScannerNoise(grid: RenderGrid, hu: Int16Array, spec: NoiseSpec, random: Random): void {
  const tiles = createTiles(spec, random)
  const falls = toRadialFall(grid)
  for (let k = 0; k < grid.nz; k++) {
    const z = grid.z0 + k * grid.dz
    const shoulder = z > 75 ? 1 + 0.02 * (z - 75) : 1
    const belly = z < -70 ? 1 + 0.004 * (-70 - z) : 1
    const layer = random.below(LAYERS) * TILE * TILE
    const shiftI = random.below(TILE)
    const shiftJ = random.below(TILE)
    const gain = shoulder * belly
    for (let j = 0; j < grid.ny; j++) {
      const tileRow = layer + ((j + shiftJ) % TILE) * TILE
      const streak = z > 85 ? (z - 85) * 0.25 * random.normal() : 0
      const row = grid.nx * (j + grid.ny * k)
      const plane = grid.nx * j
      for (let i = 0; i < grid.nx; i++) {
        const fall = falls[plane + i]
        hu[row + i] += (tiles[tileRow + ((i + shiftI) % TILE)] * gain + streak) * fall
      }
    }
  }
}

function toRadialFall(grid: RenderGrid): Float32Array {
  const falls = new Float32Array(grid.nx * grid.ny)
  for (let j = 0; j < grid.ny; j++) {
    for (let i = 0; i < grid.nx; i++) {
      const x = grid.x0 + i * grid.dx
      const y = grid.y0 + j * grid.dy
      falls[i + grid.nx * j] = 1.05 - 0.55 * Math.min((x * x + y * y) / 28000, 1)
    }
  }
  return falls
}

function createTiles(spec: NoiseSpec, random: Random): Float32Array {
  const white = new Float32Array(TILE * TILE * LAYERS)
  for (let n = 0; n < white.length; n++) white[n] = random.normal()
  if (spec.blur === 0) return white.map((value) => value * spec.deviationHu)
  const wrap = TILE - 1
  const norm = spec.deviationHu / Math.sqrt(1 + 4 * spec.blur ** 2 + 4 * spec.blur ** 4)
  const tiles = new Float32Array(white.length)
  for (let l = 0; l < LAYERS; l++) {
    for (let j = 0; j < TILE; j++) {
      for (let i = 0; i < TILE; i++) {
        const at = (a: number, b: number) => white[l * TILE * TILE + ((j + b) & wrap) * TILE + ((i + a) & wrap)]
        const sides = at(1, 0) + at(-1, 0) + at(0, 1) + at(0, -1)
        const corners = at(1, 1) + at(-1, 1) + at(1, -1) + at(-1, -1)
        tiles[l * TILE * TILE + j * TILE + i] = norm * (at(0, 0) + spec.blur * sides + spec.blur ** 2 * corners)
      }
    }
  }
  return tiles
}
