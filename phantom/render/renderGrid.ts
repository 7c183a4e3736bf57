import type { Vec3, VolumeGeometry } from '../../src/domain/volume/volume.ts'

/** What a voxel mainly is, as set by the last structure drawn over it. */
export const REGION = {
  outside: 0,
  wall: 1,
  lungRight: 2,
  lungLeft: 3,
  mediastinum: 4,
  abdomen: 5,
  organ: 6,
  bone: 7,
  fluid: 8,
} as const

/**
 * Buffers of one rendering. Soft tissue and lung are drawn apart and mixed by `lungShare` at the end, so lesions of the lung
 * need not know its edges. Positions are nominal millimetres (patient mm / anatomy scale).
 */
export interface RenderGrid {
  readonly nx: number
  readonly ny: number
  readonly nz: number
  readonly x0: number
  readonly y0: number
  readonly z0: number
  readonly dx: number
  readonly dy: number
  readonly dz: number
  /** Width of the edge ramp between two materials, mm. */
  readonly edgeMm: number
  readonly soft: Int16Array
  readonly lung: Int16Array
  /** 0–255. */
  readonly lungShare: Uint8Array
  readonly region: Uint8Array
  readonly mask: Uint32Array
}

/** Grid over a geometry whose axes are those of the patient (identity direction). */
export function createRenderGrid(geometry: VolumeGeometry, scale: Vec3, edgeMm: number): RenderGrid {
  const [nx, ny, nz] = geometry.size
  const count = nx * ny * nz
  return {
    nx,
    ny,
    nz,
    x0: geometry.originLpsMm[0] / scale[0],
    y0: geometry.originLpsMm[1] / scale[1],
    z0: geometry.originLpsMm[2] / scale[2],
    dx: geometry.spacingMm[0] / scale[0],
    dy: geometry.spacingMm[1] / scale[1],
    dz: geometry.spacingMm[2] / scale[2],
    edgeMm,
    soft: new Int16Array(count),
    lung: new Int16Array(count),
    lungShare: new Uint8Array(count),
    region: new Uint8Array(count),
    mask: new Uint32Array(count),
  }
}

export interface Box {
  readonly low: Vec3
  readonly high: Vec3
}

/** First and last index along x, y and z of voxels inside a box; empty when a first exceeds its last. */
export interface IndexBox {
  i0: number
  i1: number
  j0: number
  j1: number
  k0: number
  k1: number
}

export function toIndexBox(grid: RenderGrid, low: Vec3, high: Vec3, into: IndexBox): boolean {
  into.i0 = Math.max(Math.ceil((low[0] - grid.x0) / grid.dx), 0)
  into.i1 = Math.min(Math.floor((high[0] - grid.x0) / grid.dx), grid.nx - 1)
  into.j0 = Math.max(Math.ceil((low[1] - grid.y0) / grid.dy), 0)
  into.j1 = Math.min(Math.floor((high[1] - grid.y0) / grid.dy), grid.ny - 1)
  into.k0 = Math.max(Math.ceil((low[2] - grid.z0) / grid.dz), 0)
  into.k1 = Math.min(Math.floor((high[2] - grid.z0) / grid.dz), grid.nz - 1)
  return into.i0 <= into.i1 && into.j0 <= into.j1 && into.k0 <= into.k1
}
