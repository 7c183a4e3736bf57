import { add, addScaled, dot, lengthOf, scale } from '../../geometry/vector.ts'
import type { Vec3 } from '../volume.ts'
import type { PlacedSlice } from './slicePlace.ts'
import { toAngleDegrees } from './splitOrientations.ts'

export interface AlignedSlices {
  /** All with the same axes. */
  readonly slices: readonly PlacedSlice[]
  /** By how much the axes of a slice were turned at most, degrees. */
  readonly turnedDegrees: number
}

/**
 * Gives nearly parallel slices the mean of their axes: a volume has one normal, along which all places are measured. At
 * half a metre from the scanner's centre a hundredth of a degree is a tenth of a millimetre.
 */
export function alignSlices(slices: readonly PlacedSlice[]): AlignedSlices {
  const [first] = slices
  const isEqual = (slice: PlacedSlice) =>
    areEqual(slice.rowLps, first.rowLps) && areEqual(slice.columnLps, first.columnLps)
  if (slices.every(isEqual)) return { slices, turnedDegrees: 0 }
  const rowLps = toUnit(slices.reduce<Vec3>((sum, slice) => add(sum, slice.rowLps), [0, 0, 0]))
  const column = slices.reduce<Vec3>((sum, slice) => add(sum, slice.columnLps), [0, 0, 0])
  const columnLps = toUnit(addScaled(column, rowLps, -dot(column, rowLps)))
  const axes = { rowLps, columnLps }
  const turnedDegrees = slices.reduce((most, slice) => Math.max(most, toAngleDegrees(slice, axes)), 0)
  return { slices: slices.map((slice) => ({ ...slice, ...axes })), turnedDegrees }
}

const areEqual = (a: Vec3, b: Vec3): boolean => a.every((value, n) => value === b[n])

const toUnit = (vector: Vec3): Vec3 => scale(vector, 1 / lengthOf(vector))
