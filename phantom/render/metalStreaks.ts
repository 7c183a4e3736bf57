import type { Random } from '../random.ts'
import type { Point } from './paintCapsule.ts'
import type { RenderGrid } from './renderGrid.ts'

const REACH_MM = 110
const RAYS = 256

/** Bright and dark rays in the slices that a dense metal object crosses, fading with distance. `halfHeightMm` along z. */
export function addMetalStreaks(
  grid: RenderGrid,
  center: Point,
  halfHeightMm: number,
  strengthHu: number,
  random: Random,
): void {
  const [cx, cy, cz] = center
  for (let k = 0; k < grid.nz; k++) {
    const z = grid.z0 + k * grid.dz - cz
    const along = 1 - Math.abs(z) / halfHeightMm
    if (along <= 0) continue
    const rays = createRays(random, strengthHu * Math.sqrt(along))
    for (let j = 0; j < grid.ny; j++) {
      const y = grid.y0 + j * grid.dy - cy
      if (Math.abs(y) > REACH_MM) continue
      const row = grid.nx * (j + grid.ny * k)
      for (let i = 0; i < grid.nx; i++) {
        const x = grid.x0 + i * grid.dx - cx
        const r = Math.sqrt(x * x + y * y)
        if (r > REACH_MM) continue
        const ray = Math.floor((Math.atan2(y, x) / (2 * Math.PI) + 0.5) * (RAYS - 1))
        const fade = 1 - r / REACH_MM
        grid.soft[row + i] += rays[ray] * fade * fade
      }
    }
  }
}

function createRays(random: Random, strengthHu: number): Float32Array {
  const rays = new Float32Array(RAYS)
  let value = 0
  for (let n = 0; n < RAYS; n++) {
    value = 0.72 * value + 0.7 * random.normal()
    rays[n] = value * strengthHu
  }
  return rays
}
