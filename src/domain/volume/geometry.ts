import type { Vec3, Volume, VolumeGeometry } from './volume.ts'

export const addVec3 = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const subtractVec3 = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const scaleVec3 = (a: Vec3, factor: number): Vec3 => [a[0] * factor, a[1] * factor, a[2] * factor]
export const dotVec3 = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const crossVec3 = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
export const lengthOfVec3 = (a: Vec3): number => Math.hypot(a[0], a[1], a[2])

/** Step of one voxel along i, j and k, LPS mm. */
export function toVoxelSteps(geometry: VolumeGeometry): readonly [Vec3, Vec3, Vec3] {
  const [i, j, k] = geometry.directionLps
  const [si, sj, sk] = geometry.spacingMm
  return [scaleVec3(i, si), scaleVec3(j, sj), scaleVec3(k, sk)]
}

/** Patient coordinates (LPS mm) of a voxel index, which may lie between voxels. */
export function indexToWorldLps(geometry: VolumeGeometry, index: Vec3): Vec3 {
  const steps = toVoxelSteps(geometry)
  return index.reduce((point: Vec3, n, axis) => addVec3(point, scaleVec3(steps[axis], n)), geometry.originLpsMm)
}

/**
 * Voxel index (continuous) of a point in the patient (LPS mm); may lie outside the volume.
 * Solves by Cramer's rule instead of projecting, because under gantry tilt the axes are not at right angles.
 */
export function worldLpsToIndex(geometry: VolumeGeometry, pointLpsMm: Vec3): Vec3 {
  const [i, j, k] = toVoxelSteps(geometry)
  const offset = subtractVec3(pointLpsMm, geometry.originLpsMm)
  const volumeOfVoxel = dotVec3(i, crossVec3(j, k))
  return [
    dotVec3(offset, crossVec3(j, k)) / volumeOfVoxel,
    dotVec3(i, crossVec3(offset, k)) / volumeOfVoxel,
    dotVec3(i, crossVec3(j, offset)) / volumeOfVoxel,
  ]
}

/** Index of the voxel that a point lies in, or null outside the volume. A voxel reaches half a step around its centre. */
export function voxelAt(geometry: VolumeGeometry, pointLpsMm: Vec3): Vec3 | null {
  const index = worldLpsToIndex(geometry, pointLpsMm).map((n) => Math.floor(n + 0.5)) as unknown as Vec3
  return index.every((n, axis) => n >= 0 && n < geometry.size[axis]) ? index : null
}

/** HU of the voxel that a point (LPS mm) lies in, or null outside the volume. */
export function probeHu(volume: Volume, pointLpsMm: Vec3): number | null {
  const voxel = voxelAt(volume, pointLpsMm)
  if (voxel === null) return null
  return volume.hu[voxel[0] + volume.size[0] * (voxel[1] + volume.size[1] * voxel[2])]
}

/** Patient coordinates (LPS mm) of the middle of the volume. */
export const toCentreLps = (geometry: VolumeGeometry): Vec3 =>
  indexToWorldLps(geometry, [(geometry.size[0] - 1) / 2, (geometry.size[1] - 1) / 2, (geometry.size[2] - 1) / 2])

/**
 * A spacing without the noise of computing it: differences of positions and float32 vectors give 0.9999999999999998 or
 * 0.699999988 for 1 and 0.7, and the truncation of sizes in `toCtInput` would make a whole voxel of that. Exact
 * fractions such as 375/512 lie further from four digits than noise does and stay as they are.
 */
export function snapSpacingMm(mm: number): number {
  const plain = Math.round(mm * 1e4) / 1e4
  return Math.abs(mm - plain) < 2e-6 ? plain : mm
}
