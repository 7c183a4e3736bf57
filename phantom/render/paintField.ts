import { type Brush, blendVoxel } from './brush.ts'
import { type Box, type IndexBox, type RenderGrid, toIndexBox } from './renderGrid.ts'

/** Result of a field at a point; a field fills the one object it is given, so nothing is allocated per voxel. */
export interface FieldSample {
  /** 0–1. */
  coverage: number
  hu: number
  /** 0–1, when the mask is to differ from the drawn coverage; −1 = same. */
  extent: number
}

export type Field = (x: number, y: number, z: number, sample: FieldSample) => void

/** Paints a field in a box. With layer `lung`, voxels without lung are skipped before the field is asked. */
export function paintField(grid: RenderGrid, area: Box, brush: Brush, field: Field): void {
  const box: IndexBox = { i0: 0, i1: 0, j0: 0, j1: 0, k0: 0, k1: 0 }
  if (!toIndexBox(grid, area.low, area.high, box)) return
  const sample: FieldSample = { coverage: 0, hu: 0, extent: -1 }
  const drawn: Brush = { ...brush, finding: undefined }
  const bit = brush.finding === undefined ? 0 : 1 << brush.finding
  const maskFrom = brush.maskFrom ?? 0.35
  const lungOnly = brush.layer === 'lung'
  for (let k = box.k0; k <= box.k1; k++) {
    const z = grid.z0 + k * grid.dz
    for (let j = box.j0; j <= box.j1; j++) {
      const y = grid.y0 + j * grid.dy
      const row = grid.nx * (j + grid.ny * k)
      for (let i = box.i0; i <= box.i1; i++) {
        const at = row + i
        if (lungOnly && grid.lungShare[at] === 0) continue
        sample.coverage = 0
        sample.hu = brush.hu
        sample.extent = -1
        if (brush.onlyRegions !== undefined && (brush.onlyRegions & (1 << grid.region[at])) === 0) continue
        const share = grid.lungShare[at]
        field(grid.x0 + i * grid.dx, y, z, sample)
        if (sample.coverage > 0) blendVoxel(grid, drawn, at, Math.min(sample.coverage, 1), sample.hu)
        const extent = sample.extent < 0 ? sample.coverage : sample.extent
        if (bit !== 0 && extent >= maskFrom && (!lungOnly || share > 90)) grid.mask[at] |= bit
      }
    }
  }
}
