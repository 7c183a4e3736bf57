import { allocateHu } from '../allocateHu.ts'
import type { StackPlan } from './planStack.ts'
import { AIR_HU } from './storedToHu.ts'

/** Decoded source slices, all columns × rows. */
export interface SourceSlices {
  readonly slices: readonly Int16Array[]
  readonly columns: number
  readonly rows: number
}

/** Voxels of the planned grid: slices straightened and, where the plan says so, mixed from their neighbours. */
export function composeVolume(source: SourceSlices, plan: StackPlan): Int16Array {
  const [columns, rows] = plan.geometry.size
  const layerLength = columns * rows
  const hu = allocateHu(layerLength * plan.layers.length)
  const placed = source.slices.map((slice, n) => {
    const offset = plan.offsets?.[n]
    return offset ? shiftSlice(slice, source, offset, [columns, rows]) : slice
  })
  plan.layers.forEach(({ lower, upper, upperWeight }, n) => {
    const layer = hu.subarray(n * layerLength, (n + 1) * layerLength)
    if (upperWeight === 0) layer.set(placed[lower])
    else mixSlices(placed[lower], placed[upper], upperWeight, layer)
  })
  return hu
}

function mixSlices(lower: Int16Array, upper: Int16Array, upperWeight: number, into: Int16Array): void {
  for (let n = 0; n < into.length; n++) into[n] = Math.round(lower[n] + (upper[n] - lower[n]) * upperWeight)
}

/** Lays a slice into a larger grid with its first pixel at `offset` (columns, rows; bilinear); air around it. */
function shiftSlice(
  slice: Int16Array,
  source: SourceSlices,
  offset: readonly [number, number],
  [columns, rows]: readonly [number, number],
): Int16Array {
  const at = (i: number, j: number) =>
    i >= 0 && j >= 0 && i < source.columns && j < source.rows ? slice[i + j * source.columns] : AIR_HU
  const shifted = new Int16Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const y = row - offset[1]
    const j = Math.floor(y)
    for (let column = 0; column < columns; column++) {
      const x = column - offset[0]
      const i = Math.floor(x)
      const above = at(i, j) + (at(i + 1, j) - at(i, j)) * (x - i)
      const below = at(i, j + 1) + (at(i + 1, j + 1) - at(i, j + 1)) * (x - i)
      shifted[column + row * columns] = Math.round(above + (below - above) * (y - j))
    }
  }
  return shifted
}
