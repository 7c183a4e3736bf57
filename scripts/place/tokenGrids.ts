import { type TokenShares, toPlaceDirection } from '../../src/domain/grounding/tokenShares.ts'
import type { Vec3 } from '../../src/domain/volume/volume.ts'

/** Cells along each axis of what is kept of a case. */
export const CELLS = 4

/** Index of the cell that a token falls into, axes as the token grid. */
export const toCell = (token: Vec3, grid: Vec3): number => {
  const [a, b, c] = token.map((at, axis) => Math.floor((at * CELLS) / grid[axis]))
  return (a * CELLS + b) * CELLS + c
}

/** Unit directions of the cells, f32 [CELLS³, dimension]: what the tokens of each give beyond the mean token. */
export function toCellDirections(shares: TokenShares): Float32Array {
  const [a, b, c] = shares.grid
  const members: number[][] = Array.from({ length: CELLS ** 3 }, () => [])
  for (let n = 0; n < a * b * c; n++)
    members[toCell([Math.floor(n / (b * c)), Math.floor(n / c) % b, n % c], shares.grid)].push(n)
  const rows = new Float32Array(CELLS ** 3 * shares.dimension)
  members.forEach((tokens, cell) => {
    const direction = toPlaceDirection(shares, tokens)
    if (direction) rows.set(direction, cell * shares.dimension)
  })
  return rows
}

/** Takes from a row what lies along the rows before it, and makes it of unit length (modified Gram–Schmidt). */
function orthonormalise(rows: Float64Array, at: number, dimension: number): void {
  const own = rows.subarray(at * dimension, (at + 1) * dimension)
  for (let q = 0; q < at; q++) {
    const other = rows.subarray(q * dimension, (q + 1) * dimension)
    const along = own.reduce((sum, value, n) => sum + value * other[n], 0)
    for (let n = 0; n < dimension; n++) own[n] -= along * other[n]
  }
  const length = Math.hypot(...own)
  for (let n = 0; n < dimension; n++) own[n] /= length
}

/** Orthonormal axes of greatest variance, f32 [count, dimension], by orthogonal iteration over the second moments. */
export function toBasis(rows: Float32Array, dimension: number, count: number): Float32Array {
  const moments = new Float64Array(dimension * dimension)
  for (let from = 0; from < rows.length; from += dimension)
    for (let i = 0; i < dimension; i++)
      for (let j = 0; j < dimension; j++) moments[i * dimension + j] += rows[from + i] * rows[from + j]
  // Any rows that are not parallel do to begin with.
  let basis = Float64Array.from({ length: count * dimension }, (_, n) => (Math.sin(n * 12.9898) * 43758.5453) % 1)
  for (let round = 0; round < 60; round++) {
    const next = new Float64Array(basis.length)
    for (let r = 0; r < count; r++) {
      const own = next.subarray(r * dimension, (r + 1) * dimension)
      for (let i = 0; i < dimension; i++)
        for (let j = 0; j < dimension; j++) own[i] += moments[i * dimension + j] * basis[r * dimension + j]
      orthonormalise(next, r, dimension)
    }
    basis = next
  }
  return Float32Array.from(basis)
}

/** Rows along the axes of a basis, each of unit length again. */
export function reduce(rows: Float32Array, basis: Float32Array, dimension: number): Float32Array {
  const count = basis.length / dimension
  const out = new Float32Array((rows.length / dimension) * count)
  for (let r = 0; r < rows.length / dimension; r++) {
    const own = out.subarray(r * count, (r + 1) * count)
    for (let q = 0; q < count; q++)
      for (let n = 0; n < dimension; n++) own[q] += rows[r * dimension + n] * basis[q * dimension + n]
    const length = Math.hypot(...own) || 1
    for (let q = 0; q < count; q++) own[q] /= length
  }
  return out
}

export const toInt8 = (rows: Float32Array): Float32Array => rows.map((value) => Math.round(value * 127) / 127)

/** The best cosine of a case's cells with a direction, f32 [cases]. `cells`: those that are looked at; absent: all. */
export function scoreGrids(
  direction: Float32Array,
  rows: Float32Array,
  isLooked: (cell: number) => boolean = () => true,
): Float32Array {
  const d = direction.length
  const perCase = CELLS ** 3 * d
  return Float32Array.from({ length: rows.length / perCase }, (_, n) => {
    let best = -1
    for (let cell = 0; cell < CELLS ** 3; cell++) {
      if (!isLooked(cell)) continue
      let cosine = 0
      for (let i = 0; i < d; i++) cosine += direction[i] * rows[n * perCase + cell * d + i]
      best = Math.max(best, cosine)
    }
    return best
  })
}

/** Cells at most one away along each axis: the region of the patient that a place lies in, by its relative place. */
export const isNear =
  (at: number) =>
  (cell: number): boolean => {
    const split = (n: number) => [Math.floor(n / CELLS ** 2), Math.floor(n / CELLS) % CELLS, n % CELLS]
    const own = split(cell)
    return split(at).every((value, axis) => Math.abs(value - own[axis]) <= 1)
  }
