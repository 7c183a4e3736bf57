import type { Vec3 } from '../volume/volume.ts'

/** An affine map of points, LPS mm: rows of a 3×3 matrix and what is added. */
export interface Affine {
  readonly rows: readonly [Vec3, Vec3, Vec3]
  readonly shiftMm: Vec3
}

/** A 4×4 matrix, row by row; its last row is 0 0 0 1. */
export type Matrix4 = readonly number[]

export const applyAffine = ({ rows: [a, b, c], shiftMm }: Affine, [x, y, z]: Vec3): Vec3 => [
  a[0] * x + a[1] * y + a[2] * z + shiftMm[0],
  b[0] * x + b[1] * y + b[2] * z + shiftMm[1],
  c[0] * x + c[1] * y + c[2] * z + shiftMm[2],
]

export const toMatrix4 = ({ rows, shiftMm }: Affine): Matrix4 => [
  ...rows.flatMap((row, n) => [...row, shiftMm[n]]),
  ...[0, 0, 0, 1],
]

/** First `inner`, then `outer`. */
export function composeAffine(outer: Affine, inner: Affine): Affine {
  const row = (r: Vec3): Vec3 =>
    [0, 1, 2].map((n) => r.reduce((sum, v, k) => sum + v * inner.rows[k][n], 0)) as unknown as Vec3
  return {
    rows: [row(outer.rows[0]), row(outer.rows[1]), row(outer.rows[2])],
    shiftMm: applyAffine(outer, inner.shiftMm),
  }
}

/** A point, LPS mm, by the first three rows of the matrix. */
export const applyMatrix4 = (matrix: Matrix4, [x, y, z]: Vec3): Vec3 =>
  [0, 4, 8].map((at) => matrix[at] * x + matrix[at + 1] * y + matrix[at + 2] * z + matrix[at + 3]) as unknown as Vec3
