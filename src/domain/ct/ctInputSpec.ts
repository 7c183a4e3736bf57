import type { Vec3 } from '../volume/volume.ts'

interface InputOfEvery {
  /** Axes of the tensor, slowest first, each named by the direction in which its index increases. CT-CLIP: `SLP`. */
  readonly axisCodes: 'SLP' | 'SPL' | 'SAR' | 'SRA'
  /** Tensor size along `axisCodes` (without batch and channel). */
  readonly shape: Vec3
  /** Lower and upper bound in HU. */
  readonly huClip: readonly [number, number]
  /** value = (HU − `huOffset`) / `huDivisor`. */
  readonly huDivisor: number
  /** HU that becomes 0; absent: 0. */
  readonly huOffset?: number
}

/** Order (CT-CLIP, `data_inference_nii.py`): HU → clip → axes → resample → scale → centre crop, then pad. */
export interface TrilinearInputSpec extends InputOfEvery {
  /** Without corner alignment: source = (target + 0.5) · n / N − 0.5, as torch's `interpolate`. */
  readonly interpolation: 'trilinear'
  /** Voxel spacing along `axisCodes` in mm. */
  readonly spacingMm: Vec3
  /** Resampled size = trunc(n · spacing / target spacing). */
  readonly sizeRounding: 'truncate'
  /** Scaled value written where the volume does not reach. */
  readonly padValue: number
  /** Start of the crop = max(⌊(n − N) / 2⌋, 0); padding before = ⌊(N − n) / 2⌋, the rest after. */
  readonly cropRule: 'centre'
}

/**
 * Order (Astra's chest, arXiv 2605.31437): HU → axes → bounding box of the foreground → area resize → scale → clip. The resize
 * has no spacing: whatever was kept becomes `shape`.
 */
export interface AreaInputSpec extends InputOfEvery {
  /** Voxel t is the mean of source ⌊t · n / N⌋ … ⌈(t + 1) · n / N⌉ − 1, as torch's `adaptive_avg_pool3d`. */
  readonly interpolation: 'area'
  /** The crop is the bounding box of all voxels above; the whole volume where there is none. */
  readonly foregroundHu: number
}

/**
 * How a CT volume becomes the input of a CT encoder: the part `ct.input` of a pack's manifest.
 * The browser keeps no preprocessing number of its own; training and browser read the same object.
 */
export type CtInputSpec = TrilinearInputSpec | AreaInputSpec
