import type { VolumeGeometry } from '../../src/domain/volume/volume.ts'
import type { ExpectedScan } from './expectation.ts'

/*
 * Geometry of its own: what judges the app's uses none of the app's.
 */

export type Point = readonly [number, number, number]

/** Centre of a pixel of a plane, LPS mm. */
export function toPlanePoint(
  { originsLpsMm, rowLps, columnLps, spacingMm }: ExpectedScan,
  plane: number,
  i: number,
  j: number,
): Point {
  const origin = originsLpsMm[plane]
  return [0, 1, 2].map(
    (n) => origin[n] + rowLps[n] * spacingMm[0] * i + columnLps[n] * spacingMm[1] * j,
  ) as unknown as Point
}

/** Index of a point in the volume's grid, with fractions, whatever the angles of its axes. */
export function indexOf({ originLpsMm, directionLps, spacingMm }: VolumeGeometry, point: Point): Point {
  const [a, b, c] = directionLps.map((axis, n) => axis.map((value) => value * spacingMm[n]))
  const p = point.map((value, n) => value - originLpsMm[n])
  const determinant = determinantOf(a, b, c)
  return [
    determinantOf(p, b, c) / determinant,
    determinantOf(a, p, c) / determinant,
    determinantOf(a, b, p) / determinant,
  ]
}

/** Centre of a voxel, LPS mm. */
export function pointOf({ originLpsMm, directionLps, spacingMm }: VolumeGeometry, index: Point): Point {
  return [0, 1, 2].map(
    (n) => originLpsMm[n] + directionLps.reduce((sum, axis, m) => sum + axis[n] * spacingMm[m] * index[m], 0),
  ) as unknown as Point
}

function determinantOf(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
}
