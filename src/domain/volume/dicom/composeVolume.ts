import { allocateHu } from '../allocateHu.ts'
import type { StackPlan } from './planStack.ts'
import { AIR_HU } from './storedToHu.ts'

/** Decoded source slices, all columns × rows. */
export interface SourceSlices {
  readonly slices: readonly Int16Array[]
  readonly columns: number
  readonly rows: number
}

/**
 * Voxels of the planned grid: slices straightened and, where the plan says so, mixed from their neighbours. Nothing is
 * mixed with a pixel in which nothing was measured (padding, a scanner's fill value, outside the slice): half of it and
 * half of tissue would be a number that nobody measured.
 */
export function composeVolume(source: SourceSlices, plan: StackPlan): Int16Array {
  const [columns, rows] = plan.geometry.size
  const layerLength = columns * rows
  const hu = allocateHu(layerLength * plan.layers.length)
  const toPlaced = (n: number) => {
    const offset = plan.offsets?.[n]
    return offset ? shiftSlice(source.slices[n], source, offset, [columns, rows]) : source.slices[n]
  }
  // Neighbouring layers are made of the same slices: the last two are kept.
  const kept = new Map<number, Int16Array>()
  const placedOf = (n: number): Int16Array => {
    const placed = kept.get(n) ?? toPlaced(n)
    kept.set(n, placed)
    for (const other of kept.keys()) if (other < n - 1) kept.delete(other)
    return placed
  }
  plan.layers.forEach((layer, k) => {
    const target = hu.subarray(k * layerLength, (k + 1) * layerLength)
    if (layer === null) target.fill(AIR_HU)
    else if (layer.lower === layer.upper) target.set(placedOf(layer.lower))
    else mixSlices(placedOf(layer.lower), placedOf(layer.upper), layer.upperWeight, target)
  })
  return hu
}

/** Nothing was measured at or below −1024 HU: readers write it for padding, scanners for what they did not reconstruct. */
const isMeasured = (hu: number): boolean => hu > AIR_HU

function mixSlices(lower: Int16Array, upper: Int16Array, upperWeight: number, into: Int16Array): void {
  for (let n = 0; n < into.length; n++) {
    const [below, above] = [lower[n], upper[n]]
    if (isMeasured(below) === isMeasured(above)) into[n] = Math.round(below + (above - below) * upperWeight)
    else into[n] = upperWeight < 0.5 ? below : above
  }
}

/** Lays a slice into a larger grid with its first pixel at `offset` (columns, rows; bilinear); air around it. */
function shiftSlice(
  slice: Int16Array,
  source: SourceSlices,
  offset: readonly [number, number],
  [columns, rows]: readonly [number, number],
): Int16Array {
  const shifted = new Int16Array(columns * rows).fill(AIR_HU)
  const sample = createSampler(slice, source)
  // Beyond half a pixel outside nothing is near enough to be taken.
  const rowEnd = Math.min(rows, Math.floor(offset[1] + source.rows - 0.5) + 1)
  const columnEnd = Math.min(columns, Math.floor(offset[0] + source.columns - 0.5) + 1)
  for (let row = Math.max(0, Math.ceil(offset[1] - 0.5)); row < rowEnd; row++) {
    for (let column = Math.max(0, Math.ceil(offset[0] - 0.5)); column < columnEnd; column++) {
      shifted[column + row * columns] = sample(column - offset[0], row - offset[1])
    }
  }
  return shifted
}

/** Bilinear between the measured ones of four pixels; where the nearest is none, that one as it is. */
function createSampler(slice: Int16Array, { columns, rows }: SourceSlices) {
  const clamp = (value: number, end: number) => Math.max(0, Math.min(end - 1, value))
  return (x: number, y: number): number => {
    const [i, j] = [Math.floor(x), Math.floor(y)]
    const [u, v] = [x - i, y - j]
    const [left, right] = [clamp(i, columns), clamp(i + 1, columns)]
    const [top, bottom] = [clamp(j, rows) * columns, clamp(j + 1, rows) * columns]
    const [a, b, c, d] = [slice[left + top], slice[right + top], slice[left + bottom], slice[right + bottom]]
    const nearest = v < 0.5 ? (u < 0.5 ? a : b) : u < 0.5 ? c : d
    if (!isMeasured(nearest)) return nearest
    const [wa, wb] = [isMeasured(a) ? (1 - u) * (1 - v) : 0, isMeasured(b) ? u * (1 - v) : 0]
    const [wc, wd] = [isMeasured(c) ? (1 - u) * v : 0, isMeasured(d) ? u * v : 0]
    return Math.round((a * wa + b * wb + c * wc + d * wd) / (wa + wb + wc + wd))
  }
}
