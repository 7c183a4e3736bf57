import { addScaled, dot, lengthOf, scale } from '../../geometry/vector.ts'
import type { Vec3 } from '../volume.ts'

/** Axes of an image, or why there are none. */
export interface ReadAxes {
  readonly rowLps: Vec3 | null
  readonly columnLps: Vec3 | null
  /** Degrees by which row and column miss the right angle, where that is more than rounding. */
  readonly skewDegrees: number | null
}

const NO_AXES: ReadAxes = { rowLps: null, columnLps: null, skewDegrees: null }

/** What rounding to three digits may do. */
const ROUNDING_DEGREES = 0.1
/** Beyond this nobody knows which of the two is wrong. */
const LARGEST_SKEW_DEGREES = 2

/**
 * Unit vectors along a row and down a column, at right angles. Headers round direction cosines; where they miss the right
 * angle by a little the column is turned to it, as it is the row that scanners keep level. Vectors without a direction,
 * or far from a right angle, are none: a third axis made of them would be shorter than 1 and every place wrong.
 */
export function readAxes([x, y, z, ...column]: readonly number[]): ReadAxes {
  const rowLps = toUnit([x, y, z])
  const columnLps = toUnit([column[0], column[1], column[2]])
  if (!rowLps || !columnLps) return NO_AXES
  const cosine = dot(rowLps, columnLps)
  const skew = Math.abs((Math.asin(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI)
  const skewDegrees = skew > ROUNDING_DEGREES ? skew : null
  if (skew > LARGEST_SKEW_DEGREES) return { ...NO_AXES, skewDegrees }
  // Exact axes stay the numbers that the header has.
  const upright = cosine === 0 ? columnLps : toUnit(addScaled(columnLps, rowLps, -cosine))
  return { rowLps, columnLps: upright, skewDegrees }
}

function toUnit(vector: Vec3): Vec3 | null {
  const length = lengthOf(vector)
  return length > 0.5 ? scale(vector, 1 / length) : null
}
