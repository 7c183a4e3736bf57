import { toPatientPoint, toVolumeGrid } from '../../geometry/grid.ts'
import { readHu, toVoxelIndex } from '../../geometry/voxel.ts'
import type { Vec3, Volume } from '../volume.ts'

/** HU of the voxel that a point (LPS mm) lies in, or null outside the volume; for tests only. */
export const probeHu = (volume: Volume, pointLpsMm: Vec3): number | null =>
  readHu(volume, toVoxelIndex(toVolumeGrid(volume), pointLpsMm))

/** Patient coordinates (LPS mm) of a voxel index; for tests only. */
export const indexToWorldLps = (volume: Volume, index: Vec3): Vec3 => toPatientPoint(toVolumeGrid(volume), index)
