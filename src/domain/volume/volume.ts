import type { SourceSlices } from './sourceSlices.ts'

/** A vector or point of three numbers. */
export type Vec3 = readonly [number, number, number]

/** Where the voxels of a grid lie in the patient. */
export interface VolumeGeometry {
  /** Voxels along i (columns), j (rows), k (slices). */
  readonly size: Vec3
  /** Distance of voxel centres along i, j, k in mm, all > 0. */
  readonly spacingMm: Vec3
  /** Centre of voxel (0, 0, 0) in DICOM patient coordinates (LPS: x to the Left, y to Posterior, z to Superior), mm. */
  readonly originLpsMm: Vec3
  /** Unit vectors of the i, j and k axes in LPS, right- or left-handed as the source has it. */
  readonly directionLps: readonly [Vec3, Vec3, Vec3]
}

/** A CT volume in Hounsfield units. The voxel (i, j, k) is `hu[i + size[0] * (j + size[1] * k)]`. */
export interface Volume extends VolumeGeometry {
  readonly id: string
  readonly hu: Int16Array
  /**
   * Layers k in which nothing was measured, ascending: slices that are not there or could not be decoded. Their voxels
   * hold −1024 HU and mean nothing: views show such a layer as missing, and whatever counts voxels leaves it out.
   */
  readonly missing: readonly number[]
  /** Which DICOM images its layers were read from, or why there are none; read it by `sourcesOf`. */
  readonly sources?: SourceSlices
}
