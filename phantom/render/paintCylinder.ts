import { type Brush, blendVoxel } from './brush.ts'
import type { Point } from './paintCapsule.ts'
import { type IndexBox, type RenderGrid, toIndexBox } from './renderGrid.ts'

const box: IndexBox = { i0: 0, i1: 0, j0: 0, j1: 0, k0: 0, k1: 0 }

/** An upright elliptic cylinder: half-axes along x and y, half height along z, mm. */
export interface Cylinder {
  readonly center: Point
  readonly radii: Point
}

export function paintCylinder(grid: RenderGrid, shape: Cylinder, brush: Brush): void {
  const [cx, cy, cz] = shape.center
  const [rx, ry, rz] = shape.radii
  const edge = grid.edgeMm
  if (
    !toIndexBox(
      grid,
      [cx - rx - edge, cy - ry - edge, cz - rz - edge],
      [cx + rx + edge, cy + ry + edge, cz + rz + edge],
      box,
    )
  )
    return
  const { i0, i1, j0, j1, k0, k1 } = box
  const small = Math.min(rx, ry)
  for (let k = k0; k <= k1; k++) {
    const along = clamp(0.5 + (rz - Math.abs(grid.z0 + k * grid.dz - cz)) / edge)
    if (along === 0) continue
    for (let j = j0; j <= j1; j++) {
      const v = (grid.y0 + j * grid.dy - cy) / ry
      for (let i = i0; i <= i1; i++) {
        const u = (grid.x0 + i * grid.dx - cx) / rx
        const across = clamp(0.5 + ((1 - Math.sqrt(u * u + v * v)) * small) / edge)
        if (across > 0) blendVoxel(grid, brush, i + grid.nx * (j + grid.ny * k), along * across, brush.hu)
      }
    }
  }
}

function clamp(t: number): number {
  return t < 0 ? 0 : Math.min(t, 1)
}
