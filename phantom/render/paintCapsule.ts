import type { Vec3 } from '../../src/domain/volume/volume.ts'
import { type Brush, blendVoxel } from './brush.ts'
import { type IndexBox, type RenderGrid, toIndexBox } from './renderGrid.ts'

export type Point = Vec3

/** A cone with round ends from `from` (radius `r0`) to `to` (radius `r1`), mm. */
export interface Capsule {
  readonly from: Point
  readonly to: Point
  readonly r0: number
  readonly r1: number
}

const box: IndexBox = { i0: 0, i1: 0, j0: 0, j1: 0, k0: 0, k1: 0 }

/**
 * Paints a capsule. A capsule thinner than the scanner resolves keeps its contrast times area: it is drawn as wide as the
 * edge and that much fainter. `stretchZ` > 1 makes its cross-section that much taller along z.
 */
export function paintCapsule(grid: RenderGrid, capsule: Capsule, brush: Brush, stretchZ = 1): void {
  const [ax, ay, az] = capsule.from
  const half = grid.edgeMm * 0.5
  const reach = Math.max(capsule.r0, capsule.r1, half) + half
  const reachZ = reach * stretchZ
  const [bx, by, bz] = capsule.to
  const low: Point = [Math.min(ax, bx) - reach, Math.min(ay, by) - reach, Math.min(az, bz) - reachZ]
  const high: Point = [Math.max(ax, bx) + reach, Math.max(ay, by) + reach, Math.max(az, bz) + reachZ]
  if (!toIndexBox(grid, low, high, box)) return
  const { i0, i1, j0, j1, k0, k1 } = box
  const ux = bx - ax
  const uy = by - ay
  const uz = (bz - az) / stretchZ
  const perLength2 = 1 / (ux * ux + uy * uy + uz * uz + 1e-9)
  const taper = capsule.r1 - capsule.r0
  for (let k = k0; k <= k1; k++) {
    const pz = (grid.z0 + k * grid.dz - az) / stretchZ
    for (let j = j0; j <= j1; j++) {
      const py = grid.y0 + j * grid.dy - ay
      const row = grid.nx * (j + grid.ny * k)
      for (let i = i0; i <= i1; i++) {
        const px = grid.x0 + i * grid.dx - ax
        let t = (px * ux + py * uy + pz * uz) * perLength2
        t = t < 0 ? 0 : Math.min(t, 1)
        const ex = px - t * ux
        const ey = py - t * uy
        const ez = pz - t * uz
        const e2 = ex * ex + ey * ey + ez * ez
        if (e2 > reach * reach) continue
        const radius = capsule.r0 + t * taper
        const drawn = Math.max(radius, half)
        let coverage = 0.5 + (drawn - Math.sqrt(e2)) / grid.edgeMm
        if (coverage <= 0) continue
        if (coverage > 1) coverage = 1
        if (radius < half) coverage *= (radius * radius) / (half * half)
        blendVoxel(grid, brush, row + i, coverage, brush.hu)
      }
    }
  }
}

/** Paints capsules along a path; radii are taken pairwise. */
export function paintPath(
  grid: RenderGrid,
  points: readonly Point[],
  radii: readonly number[],
  brush: Brush,
  stretchZ = 1,
): void {
  for (let n = 1; n < points.length; n++) {
    const capsule = {
      from: points[n - 1],
      to: points[n],
      r0: radii[Math.min(n - 1, radii.length - 1)],
      r1: radii[Math.min(n, radii.length - 1)],
    }
    paintCapsule(grid, capsule, brush, stretchZ)
  }
}
