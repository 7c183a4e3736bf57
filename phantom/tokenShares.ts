import type { Vec3 } from '../src/domain/volume/volume.ts'

/**
 * Share of each token's voxels inside each finding's mask, 0–255 and at least 1 where any voxel is inside.
 * Mask axes as `shape`; result axes token 0, token 1, token 2, finding.
 */
export function toTokenShares(mask: Uint32Array, shape: Vec3, patch: Vec3, findings: number): Uint8Array {
  const grid = shape.map((size, axis) => size / patch[axis])
  const counts = new Uint16Array(grid[0] * grid[1] * grid[2] * findings)
  let at = 0
  for (let a = 0; a < shape[0]; a++) {
    for (let b = 0; b < shape[1]; b++) {
      for (let c = 0; c < shape[2]; c++) {
        let bits = mask[at++]
        if (bits === 0) continue
        const token =
          (Math.floor(a / patch[0]) * grid[1] + Math.floor(b / patch[1])) * grid[2] + Math.floor(c / patch[2])
        for (let finding = 0; bits !== 0; finding++, bits >>>= 1) if (bits & 1) counts[token * findings + finding]++
      }
    }
  }
  const voxels = patch[0] * patch[1] * patch[2]
  const shares = new Uint8Array(counts.length)
  for (let n = 0; n < counts.length; n++)
    if (counts[n] > 0) shares[n] = Math.max(1, Math.round((counts[n] / voxels) * 255))
  return shares
}
