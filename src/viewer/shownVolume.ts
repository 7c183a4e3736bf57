import { type Grid, isWithinCells, toCentreLpsMm, toGridPoint, toVolumeGrid } from '../domain/geometry/grid.ts'
import { type SliceStack, toPointOnSlice, toSliceStack } from '../domain/geometry/sliceStack.ts'
import { dot } from '../domain/geometry/vector.ts'
import { type Orientation, VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import { readHu, toVoxelIndex } from '../domain/geometry/voxel.ts'
import type { Probe } from '../domain/layout/probe.ts'
import { isMissingAt, type MissingMask, toMissingMask } from '../domain/volume/measuredLayers.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { CornerstoneVolume } from './volumeImages.ts'

/** The volume on screen with what is derived from it once. */
export interface ShownVolume {
  readonly volume: Volume
  readonly cached: CornerstoneVolume
  readonly grid: Grid
  readonly stacks: Readonly<Record<Orientation, SliceStack>>
  /** Null where nothing is missing. */
  readonly missing: MissingMask | null
}

export function toShownVolume(volume: Volume, cached: CornerstoneVolume): ShownVolume {
  const toStack = (orientation: Orientation) => toSliceStack(volume, VIEW_PLANES[orientation].normal)
  return {
    volume,
    cached,
    grid: toVolumeGrid(volume),
    stacks: { axial: toStack('axial'), sagittal: toStack('sagittal'), coronal: toStack('coronal') },
    missing: toMissingMask(volume),
  }
}

/** Where a view hatches a missing layer it gives no HU, not even of the neighbour that is mixed into its edge. */
export function toProbe(shown: ShownVolume, paneId: string, pointLpsMm: Vec3): Probe {
  const index = toVoxelIndex(shown.grid, pointLpsMm)
  const isMissing = isMissingPoint(shown, pointLpsMm)
  return { paneId, pointLpsMm, index, hu: isMissing ? null : readHu(shown.volume, index), isMissing }
}

function isMissingPoint({ grid, missing }: Pick<ShownVolume, 'grid' | 'missing'>, pointLpsMm: Vec3): boolean {
  if (!missing) return false
  const [i, j, k] = toGridPoint(grid, pointLpsMm)
  return isWithinCells(grid.size, i, j, k) && isMissingAt(missing, k)
}

/** How nearly a view must look along the layers to show one of them alone. */
const PARALLEL_COSINE = 0.9999

/** Whether a slice of a view, by its index, is a missing layer as a whole. */
export function isMissingSlice(shown: ShownVolume, plane: Orientation, index: number): boolean {
  if (!shown.missing) return false
  const cosine = Math.abs(dot(VIEW_PLANES[plane].normal, shown.volume.directionLps[2]))
  const pointLpsMm = toPointOnSlice(shown.stacks[plane], index, toCentreLpsMm(shown.grid))
  return cosine > PARALLEL_COSINE && isMissingPoint(shown, pointLpsMm)
}

export const isInside = ({ grid }: ShownVolume, pointLpsMm: Vec3): boolean =>
  isWithinCells(grid.size, ...toGridPoint(grid, pointLpsMm))
