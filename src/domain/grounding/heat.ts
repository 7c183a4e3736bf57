import type { Vec3 } from '../volume/volume.ts'

/** Token centres of an encoder in the patient. */
export interface TokenPlacement {
  /** Centre of token (0, 0, 0), LPS mm. */
  readonly originLpsMm: Vec3
  /** Step of one token along each grid axis, LPS mm. */
  readonly stepsLpsMm: readonly [Vec3, Vec3, Vec3]
}

const addScaled = (point: Vec3, step: Vec3, times: number): Vec3 => [
  point[0] + step[0] * times,
  point[1] + step[1] * times,
  point[2] + step[2] * times,
]

const pointAt = (placement: TokenPlacement, index: Vec3): Vec3 =>
  placement.stepsLpsMm.reduce<Vec3>((point, step, axis) => addScaled(point, step, index[axis]), placement.originLpsMm)

/** Tokens cover shape / tokenGrid voxels each, so the first token's centre lies half a token less half a voxel in. */
export function toTokenPlacement(input: TokenPlacement, shape: Vec3, tokenGrid: Vec3): TokenPlacement {
  const perToken = shape.map((voxels, axis) => voxels / tokenGrid[axis]) as unknown as Vec3
  const centre = perToken.map((voxels) => (voxels - 1) / 2) as unknown as Vec3
  const stepsLpsMm = input.stepsLpsMm.map((step, axis) =>
    step.map((mm) => mm * perToken[axis]),
  ) as unknown as TokenPlacement['stepsLpsMm']
  return { originLpsMm: pointAt(input, centre), stepsLpsMm }
}

/** Patient position of the token with the greatest heat, LPS mm. */
export function heatPeakLpsMm(values: Float32Array, tokenGrid: Vec3, placement: TokenPlacement): Vec3 {
  let best = 0
  for (let n = 1; n < values.length; n++) if (values[n] > values[best]) best = n
  const perSlice = tokenGrid[1] * tokenGrid[2]
  const inSlice = best % perSlice
  return pointAt(placement, [Math.floor(best / perSlice), Math.floor(inSlice / tokenGrid[2]), inSlice % tokenGrid[2]])
}
