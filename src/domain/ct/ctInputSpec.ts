import type { Vec3 } from '../volume/volume.ts'

/**
 * How a CT volume becomes the input of a CT encoder: the part `ct.input` of a pack's manifest.
 * The browser keeps no preprocessing number of its own; training and browser read the same object.
 *
 * Order (CT-CLIP, `data_inference_nii.py`): HU → clip → axes → resample → scale → centre crop, then pad.
 */
export interface CtInputSpec {
  /** Axes of the tensor, slowest first, each named by the direction in which its index increases. CT-CLIP: `SLP`. */
  readonly axisCodes: 'SLP' | 'SPL' | 'SAR'
  /** Tensor size along `axisCodes` (without batch and channel). */
  readonly shape: Vec3
  /** Voxel spacing along `axisCodes` in mm. */
  readonly spacingMm: Vec3
  /** `trilinear` without corner alignment: source = (target + 0.5) · n / N − 0.5, as torch's `interpolate`. */
  readonly interpolation: 'trilinear'
  /** Resampled size = trunc(n · spacing / target spacing). */
  readonly sizeRounding: 'truncate'
  /** Lower and upper bound in HU, applied before resampling. */
  readonly huClip: readonly [number, number]
  /** value = (HU − `huOffset`) / `huDivisor`. */
  readonly huDivisor: number
  /** HU that becomes 0; absent: 0. */
  readonly huOffset?: number
  /** Scaled value written where the volume does not reach. */
  readonly padValue: number
  /** Start of the crop = max(⌊(n − N) / 2⌋, 0); padding before = ⌊(N − n) / 2⌋, the rest after. */
  readonly cropRule: 'centre'
}
