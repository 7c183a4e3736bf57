/** What of a scanner and its protocol shows in the voxels. */
export interface RenderOptions {
  /** Width of the edge between two materials, mm: the scanner's point spread. */
  readonly edgeMm: number
  /** Noise deviation relative to the case's scan noise. */
  readonly noiseGain: number
  /** Weight of a voxel's four neighbours in the noise relative to its own: 0 = white. */
  readonly noiseBlur: number
  /** Slices average the patient along z over their thickness instead of sampling him. */
  readonly slab: boolean
}
