import { type Brush, blendVoxel } from './brush.ts'
import type { Point } from './paintCapsule.ts'
import { type IndexBox, type RenderGrid, toIndexBox } from './renderGrid.ts'

export interface Ellipsoid {
  readonly center: Point
  readonly radii: Point
  /** Unit vectors of the half-axes; the patient's axes when missing. */
  readonly axes?: readonly [Point, Point, Point]
}

const box: IndexBox = { i0: 0, i1: 0, j0: 0, j1: 0, k0: 0, k1: 0 }
const PATIENT_AXES: readonly [Point, Point, Point] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** The ellipsoid with every half-axis longer by `byMm`. */
export function growEllipsoid(shape: Ellipsoid, byMm: number): Ellipsoid {
  const [a, b, c] = shape.radii
  return { ...shape, radii: [Math.max(a + byMm, 0.5), Math.max(b + byMm, 0.5), Math.max(c + byMm, 0.5)] }
}

/** Paints an ellipsoid with the grid's edge (or a wider one). */
export function paintEllipsoid(grid: RenderGrid, shape: Ellipsoid, brush: Brush, edgeMm = grid.edgeMm): void {
  const axes = shape.axes ?? PATIENT_AXES
  const [cx, cy, cz] = shape.center
  const reach = edgeMm * 0.5
  const extent = [0, 1, 2].map((d) => Math.hypot(...axes.map((axis, n) => axis[d] * (shape.radii[n] + reach))))
  const low: Point = [cx - extent[0], cy - extent[1], cz - extent[2]]
  const high: Point = [cx + extent[0], cy + extent[1], cz + extent[2]]
  if (!toIndexBox(grid, low, high, box)) return
  const { i0, i1, j0, j1, k0, k1 } = box
  const small = Math.min(...shape.radii)
  const outside = (1 + reach / small) ** 2
  const inside = Math.max(1 - reach / small, 0) ** 2
  const rows = axes.map((axis, n) => axis.map((value) => value / shape.radii[n]))
  const [[m00, m01, m02], [m10, m11, m12], [m20, m21, m22]] = rows
  for (let k = k0; k <= k1; k++) {
    const pz = grid.z0 + k * grid.dz - cz
    for (let j = j0; j <= j1; j++) {
      const py = grid.y0 + j * grid.dy - cy
      const row = grid.nx * (j + grid.ny * k)
      for (let i = i0; i <= i1; i++) {
        const px = grid.x0 + i * grid.dx - cx
        const u = m00 * px + m01 * py + m02 * pz
        const v = m10 * px + m11 * py + m12 * pz
        const w = m20 * px + m21 * py + m22 * pz
        const q = u * u + v * v + w * w
        if (q > outside) continue
        let coverage = 1
        if (q > inside) {
          coverage = 0.5 + ((1 - Math.sqrt(q)) * small) / edgeMm
          if (coverage <= 0) continue
          if (coverage > 1) coverage = 1
        }
        blendVoxel(grid, brush, row + i, coverage, brush.hu)
      }
    }
  }
}
