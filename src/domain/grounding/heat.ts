import type { BodyMask } from '../ct/chestRegion/coarseBody.ts'
import { type Grid, type GridFrame, toGrid, toPatientPoint } from '../geometry/grid.ts'
import type { Vec3 } from '../volume/volume.ts'
import { type BodyShare, measureBodyShare } from './bodyShare.ts'

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

const toBest = (values: Float32Array): number => values.reduce((best, value, n) => (value > values[best] ? n : best), 0)

/** Heat that falls into the patient; what speaks against is not made less by what it does not reach. */
const toWeighted = (value: number, share: number): number =>
  share === 0 ? Number.NEGATIVE_INFINITY : value > 0 ? value * share : value

/** Tokens of a heat map in the patient. */
export interface PlacedTokens {
  /** Fastest axis first, so that cell n is the heat's value n. */
  readonly grid: Grid
  /** What of the patient lies in them; null without a body, or where they hold nothing of it. */
  readonly within: BodyShare | null
}

/** All heat maps of a scan share them. `body` null: every token counts. Looks at each cell of the body. */
export function placeTokens(tokenGrid: Vec3, placement: TokenPlacement, body: BodyMask | null): PlacedTokens {
  const [slow, middle, fast] = placement.stepsLpsMm
  const size: Vec3 = [tokenGrid[2], tokenGrid[1], tokenGrid[0]]
  const grid = toGrid({ originLpsMm: placement.originLpsMm, stepsLpsMm: [fast, middle, slow] }, size)
  return { grid, within: body && measureBodyShare(grid, body) }
}

/** Patient coordinates (LPS mm) of the centre of token n. */
export function toTokenCentre({ size: [nx, ny], ...frame }: Grid, n: number): Vec3 {
  const inSlice = n % (nx * ny)
  return toPatientPoint(frame, [inSlice % nx, Math.floor(inSlice / nx), Math.floor(n / (nx * ny))])
}

/**
 * Patient position of the token with the greatest heat within the patient, LPS mm: tokens of padding and of the air around are
 * nobody's tissue, and of one that is partly air the nearest point of the patient is meant.
 */
export function peakOfTokens(values: Float32Array, { grid, within }: PlacedTokens): Vec3 {
  if (within) return within.toPointLpsMm(toBest(values.map((value, n) => toWeighted(value, within.shares[n]))))
  return toTokenCentre(grid, toBest(values))
}

/** The same for one heat map alone. */
export const heatPeakLpsMm = (
  values: Float32Array,
  tokenGrid: Vec3,
  placement: TokenPlacement,
  body: BodyMask | null,
): Vec3 => peakOfTokens(values, placeTokens(tokenGrid, placement, body))
