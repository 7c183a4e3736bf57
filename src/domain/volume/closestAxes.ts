import type { Vec3 } from './volume.ts'

/** One tensor axis of a wanted orientation, found in a grid: which grid axis it is and whether its index must be turned round. */
export interface GridAxis {
  readonly gridAxis: 0 | 1 | 2
  /** True where the grid's index increases the other way. */
  readonly flipped: boolean
}

const LPS_AXIS_OF_CODE = { L: [0, 1], R: [0, -1], P: [1, 1], A: [1, -1], S: [2, 1], I: [2, -1] } as const
const PERMUTATIONS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

export type AxisCode = keyof typeof LPS_AXIS_OF_CODE

/**
 * Assigns to each code (e.g. S, L, P: the direction in which the index increases) the grid axis that lies closest to it.
 * An oblique grid keeps its own axes: nothing is rotated, as in CT-CLIP, whose loader only permutes.
 */
export function findClosestAxes(
  directionLps: readonly [Vec3, Vec3, Vec3],
  codes: readonly [AxisCode, AxisCode, AxisCode],
): readonly [GridAxis, GridAxis, GridAxis] {
  const cosine = (gridAxis: number, code: AxisCode) => {
    const [lpsAxis, sign] = LPS_AXIS_OF_CODE[code]
    return directionLps[gridAxis][lpsAxis] * sign
  }
  const alignment = (permutation: readonly number[]) =>
    codes.reduce((sum, code, n) => sum + Math.abs(cosine(permutation[n], code)), 0)
  const best = PERMUTATIONS.reduce((a, b) => (alignment(b) > alignment(a) ? b : a))
  const toAxis = (n: 0 | 1 | 2): GridAxis => ({ gridAxis: best[n], flipped: cosine(best[n], codes[n]) < 0 })
  return [toAxis(0), toAxis(1), toAxis(2)]
}
