import type { Vec3 } from '../volume/volume.ts'

/** What the pointer is over. */
export interface Probe {
  readonly paneId: string
  readonly pointLpsMm: Vec3
  /** Voxel index (i, j, k), rounded. */
  readonly index: Vec3
  /** Of the slab, where the pane shows one. Null outside the volume, and where a layer is missing. */
  readonly hu: number | null
  /** A layer without pixels: what is to be seen there was not measured. */
  readonly isMissing: boolean
}
