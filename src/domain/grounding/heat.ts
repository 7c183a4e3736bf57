import { type GridFrame, toPatientPoint } from '../geometry/grid.ts'
import type { Vec3 } from '../volume/volume.ts'

/** Token centres of an encoder in the patient. */
export type TokenPlacement = GridFrame

/** Tokens cover shape / tokenGrid voxels each, so the first token's centre lies half a token less half a voxel in. */
export function toTokenPlacement(input: TokenPlacement, shape: Vec3, tokenGrid: Vec3): TokenPlacement {
  const perToken = shape.map((voxels, axis) => voxels / tokenGrid[axis]) as unknown as Vec3
  const centre = perToken.map((voxels) => (voxels - 1) / 2) as unknown as Vec3
  const stepsLpsMm = input.stepsLpsMm.map((step, axis) =>
    step.map((mm) => mm * perToken[axis]),
  ) as unknown as TokenPlacement['stepsLpsMm']
  return { originLpsMm: toPatientPoint(input, centre), stepsLpsMm }
}

/** Patient position of the token with the greatest heat, LPS mm. */
export function heatPeakLpsMm(values: Float32Array, tokenGrid: Vec3, placement: TokenPlacement): Vec3 {
  let best = 0
  for (let n = 1; n < values.length; n++) if (values[n] > values[best]) best = n
  const perSlice = tokenGrid[1] * tokenGrid[2]
  const inSlice = best % perSlice
  return toPatientPoint(placement, [
    Math.floor(best / perSlice),
    Math.floor(inSlice / tokenGrid[2]),
    inSlice % tokenGrid[2],
  ])
}
