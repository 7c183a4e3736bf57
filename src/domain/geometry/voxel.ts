import type { Vec3, Volume } from '../volume/volume.ts'
import { type Grid, toGridPoint } from './grid.ts'

/** Index of the voxel whose centre is nearest to a point (LPS mm), also outside the volume. */
export function toVoxelIndex(grid: Grid, pointLpsMm: Vec3): Vec3 {
  const [i, j, k] = toGridPoint(grid, pointLpsMm)
  // `+ 0` turns −0 into 0.
  return [Math.round(i) + 0, Math.round(j) + 0, Math.round(k) + 0]
}

/** Hounsfield units of a voxel, null outside the volume and where nothing was measured. */
export function readHu({ hu, size, missing }: Volume, [i, j, k]: Vec3): number | null {
  const isInside = i >= 0 && j >= 0 && k >= 0 && i < size[0] && j < size[1] && k < size[2]
  return isInside && !missing.includes(k) ? hu[i + size[0] * (j + size[1] * k)] : null
}
