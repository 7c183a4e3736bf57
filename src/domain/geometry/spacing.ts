/**
 * A spacing without the noise of computing it: differences of positions and float32 vectors give 0.9999999999999998 or
 * 0.699999988 for 1 and 0.7, and the truncation of sizes in `toCtInput` would make a whole voxel of that. Exact
 * fractions such as 375/512 lie further from four digits than noise does and stay as they are.
 */
export function snapSpacingMm(mm: number): number {
  const plain = Math.round(mm * 1e4) / 1e4
  return Math.abs(mm - plain) < 2e-6 ? plain : mm
}
