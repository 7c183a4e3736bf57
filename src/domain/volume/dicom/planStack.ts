import type { Problem } from '../../../base/result.ts'
import { snapSpacingMm } from '../../geometry/spacing.ts'
import { add, cross, dot, scale, subtract } from '../../geometry/vector.ts'
import type { VolumeGeometry } from '../volume.ts'
import { chooseGrid, type StackGrid, toErrorMm } from './chooseGrid.ts'
import { findGaps } from './findGaps.ts'
import { type PlacedSlice, toPlaceMm } from './slicePlace.ts'
import { describeGaps, describeIrregularSpacing, describeTilt } from './stackNotices.ts'

/** One layer of the volume, mixed from two source slices (the same one twice where it is taken as it is). */
export interface Layer {
  readonly lower: number
  readonly upper: number
  readonly upperWeight: number
}

export interface StackPlan {
  readonly geometry: VolumeGeometry
  /** Null where nothing was measured. */
  readonly layers: readonly (Layer | null)[]
  /** For every source slice, columns and rows by which its first pixel lies inside the volume's grid; null where all are 0. */
  readonly offsets: readonly (readonly [number, number])[] | null
  readonly notices: readonly Problem[]
}

/** Sideways drift of the stack, in pixels, from which it is straightened. */
const DRIFT_TOLERANCE_PIXELS = 0.5

/**
 * Even, right-angled grid for slices that are sorted along their normal, no two at one place. Every slice that was read
 * is a layer, the nearest to its place. Layers between neighbours are mixed linearly from them; those in a gap, of a
 * slice that was not read, and next to it are missing. A stack that drifts sideways (gantry tilt) is straightened:
 * positions in the patient stay true, and a notice says what was done.
 * @param unread slices whose pixels could not be read; at least one was
 */
export function planStack(slices: readonly PlacedSlice[], unread: ReadonlySet<PlacedSlice> = new Set()): StackPlan {
  const places = slices.map(toPlaceMm)
  if (slices.length === 1) return planSingle(slices[0], places[0])
  const steps = places.slice(1).map((place, n) => place - places[n])
  const gaps = findGaps(
    steps,
    slices.map((slice) => slice.instanceNumber),
  )
  const grid = chooseGrid(places, gaps)
  const { offsets, geometry } = straighten(slices, grid, places[0])
  const isEven = grid.own.every((layer, n) => n === 0 || gaps[n - 1] || layer === grid.own[n - 1] + 1)
  const isTrue = toErrorMm(places, grid) <= 0.1 * grid.spacingMm
  const notices = [
    ...(gaps.includes(true) ? [describeGaps(slices, places, gaps, grid)] : []),
    ...(isEven && isTrue ? [] : [describeIrregularSpacing(slices, places, gaps, grid)]),
    ...(offsets ? [describeTilt(slices)] : []),
  ]
  const isUnread = slices.map((slice) => unread.has(slice))
  return { geometry, layers: planLayers(places, gaps, isUnread, grid), offsets, notices }
}

/** True where the slices, one behind the other, already are the volume, but for layers that are missing. */
export const isPlain = (plan: StackPlan, sliceCount: number): boolean =>
  plan.offsets === null &&
  plan.layers.length === sliceCount &&
  plan.layers.every((layer, k) => layer === null || (layer.lower === k && layer.upper === k))

/** Layers k in which nothing was measured. */
export const toMissing = ({ layers }: StackPlan): number[] => layers.flatMap((layer, k) => (layer ? [] : [k]))

function planSingle(slice: PlacedSlice, placeMm: number): StackPlan {
  const grid = { firstMm: placeMm, spacingMm: slice.sliceThicknessMm || 1, count: 1, own: [0] }
  const { geometry } = straighten([slice], grid, placeMm)
  return { geometry, layers: [{ lower: 0, upper: 0, upperWeight: 0 }], offsets: null, notices: [] }
}

function planLayers(
  places: readonly number[],
  gaps: readonly boolean[],
  isUnread: readonly boolean[],
  { own, firstMm, spacingMm }: StackGrid,
): (Layer | null)[] {
  const toOwn = (n: number): Layer | null => (isUnread[n] ? null : { lower: n, upper: n, upperWeight: 0 })
  const toBetween = (n: number, layer: number): Layer | null => {
    if (gaps[n] || isUnread[n] || isUnread[n + 1]) return null
    const share = (firstMm + layer * spacingMm - places[n]) / (places[n + 1] - places[n])
    return { lower: n, upper: n + 1, upperWeight: Math.max(0, Math.min(1, share)) }
  }
  return places.flatMap((_, n) => {
    const betweenCount = n + 1 < places.length ? own[n + 1] - own[n] - 1 : 0
    return [toOwn(n), ...Array.from({ length: betweenCount }, (__, m) => toBetween(n, own[n] + 1 + m))]
  })
}

/** Where each slice's first pixel lies across the normal, in whole-stack columns and rows, and the grid that holds them all. */
function straighten(slices: readonly PlacedSlice[], grid: StackGrid, firstPlaceMm: number) {
  const [first] = slices
  const [rowSpacing, columnSpacing] = first.pixelSpacingMm
  const normal = cross(first.rowLps, first.columnLps)
  const drift = slices.map((slice) => {
    const moved = subtract(slice.positionLpsMm, first.positionLpsMm)
    return [dot(moved, first.rowLps) / columnSpacing, dot(moved, first.columnLps) / rowSpacing] as const
  })
  const drifts = drift.some((pair) => pair.some((pixels) => Math.abs(pixels) > DRIFT_TOLERANCE_PIXELS))
  const [left, right] = drifts ? toRange(drift.map((pair) => pair[0])) : [0, 0]
  const [top, bottom] = drifts ? toRange(drift.map((pair) => pair[1])) : [0, 0]
  const offsets = drifts ? drift.map(([i, j]) => [i - left, j - top] as const) : null
  const inPlane = add(scale(first.rowLps, left * columnSpacing), scale(first.columnLps, top * rowSpacing))
  const geometry: VolumeGeometry = {
    size: [first.format.columns + right - left, first.format.rows + bottom - top, grid.count],
    spacingMm: [snapSpacingMm(columnSpacing), snapSpacingMm(rowSpacing), snapSpacingMm(grid.spacingMm)],
    originLpsMm: add(first.positionLpsMm, add(inPlane, scale(normal, grid.firstMm - firstPlaceMm))),
    directionLps: [first.rowLps, first.columnLps, normal],
  }
  return { offsets, geometry }
}

function toRange(values: readonly number[]): readonly [number, number] {
  const smallest = values.reduce((least, value) => Math.min(least, value))
  const largest = values.reduce((most, value) => Math.max(most, value))
  return [Math.floor(smallest), Math.ceil(largest)]
}
