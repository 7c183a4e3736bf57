import { type Grid, isWithinCells, toCentreLpsMm, toGridPoint, toVolumeGrid } from '../domain/geometry/grid.ts'
import { findViewAxis, type SliceStacks, toPointOnSlice, toSliceStacks } from '../domain/geometry/sliceStack.ts'
import { dot } from '../domain/geometry/vector.ts'
import type { Orientation } from '../domain/geometry/viewPlane.ts'
import { readHu, toVoxelIndex } from '../domain/geometry/voxel.ts'
import type { Probe } from '../domain/layout/probe.ts'
import type { SlicePosition } from '../domain/layout/slicePosition.ts'
import { isMissingAt, type MissingMask, toMissingMask } from '../domain/volume/measuredLayers.ts'
import { instanceNumberOfLayer } from '../domain/volume/sourceSlices.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { CornerstoneVolume } from './volumeImages.ts'

/** The volume on screen with what is derived from it once. */
export interface ShownVolume {
  readonly volume: Volume
  readonly cached: CornerstoneVolume
  readonly grid: Grid
  readonly stacks: SliceStacks
  /** Null where nothing is missing. */
  readonly missing: MissingMask | null
}

export function toShownVolume(volume: Volume, cached: CornerstoneVolume): ShownVolume {
  return {
    volume,
    cached,
    grid: toVolumeGrid(volume),
    stacks: toSliceStacks(volume),
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

/** What is to be said of a slice of a view, by its index: where the view shows layers one by one, also of the layer. */
export function toSlicePosition(shown: ShownVolume, plane: Orientation, index: number): SlicePosition {
  const { stacks, grid, volume } = shown
  const position = { number: index + 1, count: stacks[plane].count }
  if (findViewAxis(volume, plane) !== 2) return { ...position, isMissing: false, instanceNumber: null }
  const pointLpsMm = toPointOnSlice(stacks[plane], index, toCentreLpsMm(grid))
  const instanceNumber = instanceNumberOfLayer(volume, toVoxelIndex(grid, pointLpsMm)[2])
  return { ...position, isMissing: isMissingPoint(shown, pointLpsMm), instanceNumber }
}

export const isInside = ({ grid }: ShownVolume, pointLpsMm: Vec3): boolean =>
  isWithinCells(grid.size, ...toGridPoint(grid, pointLpsMm))

/** Half the distance of the slices along a normal, mm: what lies nearer to the plane on screen is of its slice. */
export const toHalfStepMm = (shown: ShownVolume | null, normal: Vec3): number =>
  shown ? Math.hypot(...shown.grid.stepsLpsMm.map((step) => dot(step, normal))) / 2 + 1e-3 : 0
