import { type Grid, toVolumeGrid } from '../domain/geometry/grid.ts'
import { type SliceStack, toSliceStack } from '../domain/geometry/sliceStack.ts'
import { type Orientation, VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import { readHu, toVoxelIndex } from '../domain/geometry/voxel.ts'
import type { Probe } from '../domain/layout/probe.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { CornerstoneVolume } from './volumeImages.ts'

/** The volume on screen with what is derived from it once. */
export interface ShownVolume {
  readonly volume: Volume
  readonly cached: CornerstoneVolume
  readonly grid: Grid
  readonly stacks: Readonly<Record<Orientation, SliceStack>>
}

export function toShownVolume(volume: Volume, cached: CornerstoneVolume): ShownVolume {
  const toStack = (orientation: Orientation) => toSliceStack(volume, VIEW_PLANES[orientation].normal)
  return {
    volume,
    cached,
    grid: toVolumeGrid(volume),
    stacks: { axial: toStack('axial'), sagittal: toStack('sagittal'), coronal: toStack('coronal') },
  }
}

export function toProbe({ grid, volume }: ShownVolume, paneId: string, pointLpsMm: Vec3): Probe {
  const index = toVoxelIndex(grid, pointLpsMm)
  return { paneId, pointLpsMm, index, hu: readHu(volume, index) }
}
