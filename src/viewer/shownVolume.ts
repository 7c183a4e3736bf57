import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { Orientation } from '../state/appState.ts'
import {
  clampToGrid,
  type GridFrame,
  type GridRows,
  readHu,
  toGridRows,
  toPatientPoint,
  toVolumeFrame,
  toVoxelIndex,
} from './gridFrame.ts'
import type { Probe } from './viewer.ts'
import { type SliceStack, toSliceStack, VIEW_PLANES } from './viewPlane.ts'
import type { CornerstoneVolume } from './volumeImages.ts'

/** The volume on screen with what is derived from it once. */
export interface ShownVolume {
  readonly volume: Volume
  readonly cached: CornerstoneVolume
  readonly frame: GridFrame
  readonly rows: GridRows
  readonly stacks: Readonly<Record<Orientation, SliceStack>>
}

export function toShownVolume(volume: Volume, cached: CornerstoneVolume): ShownVolume {
  const frame = toVolumeFrame(volume)
  const toStack = (orientation: Orientation) => toSliceStack(volume, VIEW_PLANES[orientation].normal)
  return {
    volume,
    cached,
    frame,
    rows: toGridRows(frame.stepsLpsMm),
    stacks: { axial: toStack('axial'), sagittal: toStack('sagittal'), coronal: toStack('coronal') },
  }
}

export const toCenterLpsMm = ({ frame, volume: { size } }: ShownVolume): Vec3 =>
  toPatientPoint(frame, [(size[0] - 1) / 2, (size[1] - 1) / 2, (size[2] - 1) / 2])

export const toInnerPoint = ({ frame, rows, volume }: ShownVolume, pointLpsMm: Vec3): Vec3 =>
  clampToGrid(frame, rows, volume.size, pointLpsMm)

export function toProbe({ frame, rows, volume }: ShownVolume, orientation: Orientation, pointLpsMm: Vec3): Probe {
  const index = toVoxelIndex(frame, rows, pointLpsMm)
  return { orientation, pointLpsMm, index, hu: readHu(volume, index) }
}
