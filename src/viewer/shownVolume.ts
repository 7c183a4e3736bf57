import {
  type Grid,
  isWithinCells,
  toCentreLpsMm,
  toGridPoint,
  toGridVector,
  toVolumeGrid,
} from '../domain/geometry/grid.ts'
import { findViewAxis, type SliceStack, toPointOnSlice } from '../domain/geometry/sliceStack.ts'
import { dot } from '../domain/geometry/vector.ts'
import { readHu, toVoxelIndex } from '../domain/geometry/voxel.ts'
import type { Probe } from '../domain/layout/probe.ts'
import type { SlicePosition } from '../domain/layout/slicePosition.ts'
import { readBetween, type SlabSource } from '../domain/slab/readBetween.ts'
import type { Slab } from '../domain/slab/slab.ts'
import { countMissing, readSlabAt } from '../domain/slab/slabReader.ts'
import { isMissingAt, isMissingOver, type MissingMask, toMissingMask } from '../domain/volume/measuredLayers.ts'
import { instanceNumberOfLayer } from '../domain/volume/sourceSlices.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { CornerstoneVolume } from './volumeImages.ts'

/** The volume on screen with what is derived from it once. */
export interface ShownVolume {
  readonly volume: Volume
  readonly cached: CornerstoneVolume
  readonly grid: Grid
  /** Null where nothing is missing. */
  readonly missing: MissingMask | null
  /** What slabs are read of. */
  readonly slabSource: SlabSource
}

export function toShownVolume(volume: Volume, cached: CornerstoneVolume): ShownVolume {
  const missing = toMissingMask(volume)
  return {
    volume,
    cached,
    grid: toVolumeGrid(volume),
    missing,
    slabSource: { hu: volume.hu, size: volume.size, missing },
  }
}

/** How a pane looks at the volume: across which plane, and through which slab, if any. */
export interface PaneLook {
  readonly normal: Vec3
  readonly slab: Slab | null
}

/** Where a view hatches a missing layer it gives no HU, not even of the neighbour that is mixed into its edge. */
export function toProbe(shown: ShownVolume, paneId: string, pointLpsMm: Vec3, look: PaneLook): Probe {
  const index = toVoxelIndex(shown.grid, pointLpsMm)
  const isMissing = isMissingPoint(shown, pointLpsMm, look)
  return { paneId, pointLpsMm, index, hu: isMissing ? null : readAt(shown, pointLpsMm, look), isMissing }
}

function readAt(
  { volume, slabSource, grid }: ShownVolume,
  pointLpsMm: Vec3,
  { normal, slab }: PaneLook,
): number | null {
  if (slab) return readSlabAt(slabSource, grid, pointLpsMm, normal, slab)
  if (findViewAxis(volume, normal) !== null) return readHu(volume, toVoxelIndex(grid, pointLpsMm))
  const hu = readBetween(slabSource, ...toGridPoint(grid, pointLpsMm))
  return Number.isNaN(hu) ? null : Math.round(hu)
}

function isMissingPoint({ grid, missing }: ShownVolume, pointLpsMm: Vec3, { normal, slab }: PaneLook): boolean {
  if (!missing) return false
  const [i, j, k] = toGridPoint(grid, pointLpsMm)
  if (!isWithinCells(grid.size, i, j, k)) return false
  return slab ? isMissingOver(missing, k, toMissingReach(grid, normal, slab)) : isMissingAt(missing, k)
}

/** Half a slab's thickness in layers. */
export const toMissingReach = (grid: Grid, normal: Vec3, { thicknessMm }: Slab): number =>
  (Math.abs(toGridVector(grid, normal)[2]) * thicknessMm) / 2

/** What is to be said of a slice of a view, by its index: where the view shows layers one by one, also of the layer. */
export function toSlicePosition(
  shown: ShownVolume,
  stack: SliceStack,
  index: number,
  slab: Slab | null = null,
): SlicePosition {
  const { grid, volume, slabSource } = shown
  const { normal, count, firstMm, stepMm } = stack
  const position = { number: index + 1, count, firstMm, stepMm, missingOf: null }
  if (findViewAxis(volume, normal) !== 2) return { ...position, isMissing: false, instanceNumber: null }
  const pointLpsMm = toPointOnSlice(stack, index, toCentreLpsMm(grid))
  const instanceNumber = instanceNumberOfLayer(volume, toVoxelIndex(grid, pointLpsMm)[2])
  const counted = slab && countMissing(slabSource, grid, pointLpsMm, normal, slab)
  const missingOf = counted && counted.missing > 0 ? counted : null
  return { ...position, isMissing: isMissingPoint(shown, pointLpsMm, { normal, slab }), missingOf, instanceNumber }
}

export const isInside = ({ grid }: ShownVolume, pointLpsMm: Vec3): boolean =>
  isWithinCells(grid.size, ...toGridPoint(grid, pointLpsMm))

/** Half the distance of the slices along a normal, mm: what lies nearer to the plane on screen is of its slice. */
export const toHalfStepMm = (shown: ShownVolume | null, normal: Vec3): number =>
  shown ? Math.hypot(...shown.grid.stepsLpsMm.map((step) => dot(step, normal))) / 2 + 1e-3 : 0
