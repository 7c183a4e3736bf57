import type { AnatomyParameters } from '../anatomy/anatomyParameters.ts'
import { smoothStep } from '../anatomy/knots.ts'
import type { PatientMotion } from '../motion.ts'
import { type IndexBox, type RenderGrid, toIndexBox } from './renderGrid.ts'

/** Where motion shows: middle, half-axes of full strength and the width over which it fades, nominal mm. */
interface MotionZone {
  readonly center: readonly [number, number, number]
  readonly radii: readonly [number, number, number]
}

/** Blends the drawn patient with himself moved, round the heart or round the diaphragm. Masks stay where they were. */
export function addMotion(grid: RenderGrid, anatomy: AnatomyParameters, motion: PatientMotion): void {
  const { center, radii } = toZone(anatomy, motion)
  const box: IndexBox = { i0: 0, i1: 0, j0: 0, j1: 0, k0: 0, k1: 0 }
  const low = [0, 1, 2].map((d) => center[d] - 1.3 * radii[d]) as unknown as MotionZone['center']
  const high = [0, 1, 2].map((d) => center[d] + 1.3 * radii[d]) as unknown as MotionZone['center']
  if (Math.min(grid.nx, grid.ny, grid.nz) < 2 || !toIndexBox(grid, low, high, box)) return
  const still = toSampler(grid)
  const [di, dj, dk] = [motion.shiftMm[0] / grid.dx, motion.shiftMm[1] / grid.dy, motion.shiftMm[2] / grid.dz]
  for (let k = box.k0; k <= box.k1; k++) {
    const w = ((grid.z0 + k * grid.dz - center[2]) / radii[2]) ** 2
    for (let j = box.j0; j <= box.j1; j++) {
      const v = ((grid.y0 + j * grid.dy - center[1]) / radii[1]) ** 2
      if (v + w >= 1.69) continue
      const row = grid.nx * (j + grid.ny * k)
      for (let i = box.i0; i <= box.i1; i++) {
        const u = ((grid.x0 + i * grid.dx - center[0]) / radii[0]) ** 2
        const far = u + v + w
        if (far >= 1.69) continue
        const share = motion.share * (far < 1 ? 1 : smoothStep(1.3, 1, Math.sqrt(far)))
        grid.soft[row + i] += share * (still(i + di, j + dj, k + dk) - grid.soft[row + i])
      }
    }
  }
}

function toZone(anatomy: AnatomyParameters, motion: PatientMotion): MotionZone {
  const s = anatomy.heartScale
  if (motion.kind === 'cardiac') return { center: [18 * s, -20, -28], radii: [78 * s, 62 * s, 66 * s] }
  const dome = (anatomy.domeLeftMm + anatomy.domeRightMm) / 2
  return { center: [0, 0, dome - 10], radii: [150, 88, 55] }
}

/** The patient as he was drawn, between voxels by trilinear interpolation and clamped at the borders. */
function toSampler(grid: RenderGrid): (i: number, j: number, k: number) => number {
  const { nx, ny, nz } = grid
  const hu = grid.soft.slice()
  return (i, j, k) => {
    const u = Math.min(Math.max(i, 0), nx - 1.001)
    const v = Math.min(Math.max(j, 0), ny - 1.001)
    const w = Math.min(Math.max(k, 0), nz - 1.001)
    const a = Math.floor(u)
    const b = Math.floor(v)
    const c = Math.floor(w)
    const at = a + nx * (b + ny * c)
    const down = nx * ny
    const low = mix(mix(hu[at], hu[at + 1], u - a), mix(hu[at + nx], hu[at + nx + 1], u - a), v - b)
    const up = at + down
    const high = mix(mix(hu[up], hu[up + 1], u - a), mix(hu[up + nx], hu[up + nx + 1], u - a), v - b)
    return mix(low, high, w - c)
  }
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share
}
