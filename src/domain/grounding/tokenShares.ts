import { assert } from '../../base/assert.ts'
import { toUnit } from '../embedding/embedding.ts'
import { type GridFrame, toGrid, toGridPoint } from '../geometry/grid.ts'
import type { Vec3 } from '../volume/volume.ts'

/**
 * What every token gives to the embedding, f32 [dimension, tokens]: heat of the axes of the space. The head is linear in the
 * tokens, so the shares of all tokens sum to the embedding, and those of a few are what these few say.
 */
export interface TokenShares {
  readonly values: Float32Array
  readonly dimension: number
  readonly grid: Vec3
}

/** Rows of the identity matrix, f32 [count, dimension]: directions whose heat is one row of the shares each. */
export function toAxes(from: number, count: number, dimension: number): Float32Array {
  const axes = new Float32Array(count * dimension)
  for (let n = 0; n < count; n++) axes[n * dimension + from + n] = 1
  return axes
}

/** Index of the token in which a place lies; null outside the grid. Axes as `grid`, the last one fastest. */
export function toTokenAt(pointLpsMm: Vec3, placement: GridFrame, grid: Vec3): Vec3 | null {
  const cell = toGridPoint(toGrid(placement, grid), pointLpsMm).map(Math.round) as unknown as Vec3
  return cell.every((at, axis) => at >= 0 && at < grid[axis]) ? (cell.map((at) => at + 0) as unknown as Vec3) : null
}

/** Tokens at most `reach` away along each axis, with those at the rim of the grid left out. */
export function toNeighbours([a, b, c]: Vec3, grid: Vec3, reach: number): number[] {
  const span = (at: number, size: number) =>
    Array.from({ length: 2 * reach + 1 }, (_, n) => at - reach + n).filter((n) => n >= 0 && n < size)
  return span(a, grid[0]).flatMap((i) =>
    span(b, grid[1]).flatMap((j) => span(c, grid[2]).map((k) => (i * grid[1] + j) * grid[2] + k)),
  )
}

/** Unit direction of what the tokens give beyond the mean token; null where that is nothing. */
export function toPlaceDirection(
  { values, dimension, grid }: TokenShares,
  tokens: readonly number[],
): Float32Array | null {
  const count = grid[0] * grid[1] * grid[2]
  assert(values.length === dimension * count, `shares of ${values.length} numbers for ${dimension} × ${count}`)
  const direction = new Float32Array(dimension)
  for (let n = 0; n < dimension; n++) {
    const row = values.subarray(n * count, (n + 1) * count)
    let [own, all] = [0, 0]
    for (const token of tokens) own += row[token]
    for (const share of row) all += share
    direction[n] = own / tokens.length - all / count
  }
  const unit = toUnit(direction)
  return unit.some((value) => value !== 0) ? unit : null
}
