import type { Vec3 } from '../volume/volume.ts'

/** What the pointer is over. */
export interface Probe {
  readonly paneId: string
  readonly pointLpsMm: Vec3
  /** Voxel index (i, j, k), rounded. */
  readonly index: Vec3
  readonly hu: number | null
}
