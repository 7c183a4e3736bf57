import type { Problem } from '../../../base/result.ts'
import { snapSpacingMm } from '../../geometry/spacing.ts'
import { add, cross, dot, scale, subtract } from '../../geometry/vector.ts'
import type { VolumeGeometry } from '../volume.ts'
import { type PlacedSlice, toPlaceMm } from './slicePlace.ts'
import { describeGaps, describeIrregularSpacing, describeTilt } from './stackNotices.ts'

/** One slice of the volume, mixed from two source slices (the same one twice where it is taken as it is). */
export interface Layer {
  readonly lower: number
  readonly upper: number
  readonly upperWeight: number
}

export interface StackPlan {
  readonly geometry: VolumeGeometry
  readonly layers: readonly Layer[]
  /** For every source slice, columns and rows by which its first pixel lies inside the volume's grid; null where all are 0. */
  readonly offsets: readonly (readonly [number, number])[] | null
  readonly notices: readonly Problem[]
}

/** A step this much larger than the median counts as missing slices. */
const GAP_FACTOR = 1.5
/** Share of the spacing by which a slice may miss its place on the even grid; headers round positions to 0.01–0.1 mm. */
const PLACE_TOLERANCE = 0.1
/** Sideways drift of the stack, in pixels, from which it is straightened. */
const DRIFT_TOLERANCE_PIXELS = 0.5

/**
 * Even, right-angled grid for slices that are sorted along their normal, at least two of them and no two at one place.
 * Where slices are missing or unevenly spaced, the layers between are mixed linearly from their neighbours, and a stack
 * that drifts sideways (gantry tilt) is straightened: positions in the patient stay true, and a notice says what was done.
 */
export function planStack(slices: readonly PlacedSlice[]): StackPlan {
  const places = slices.map(toPlaceMm)
  const steps = places.slice(1).map((place, n) => place - places[n])
  const medianMm = toLowerMedian(steps)
  const layerCount = Math.round((places[places.length - 1] - places[0]) / medianMm) + 1
  const spacingMm = (places[places.length - 1] - places[0]) / (layerCount - 1)
  const layers = planLayers(places, layerCount, spacingMm)
  const gaps = steps.flatMap((step, n) => (step > GAP_FACTOR * medianMm ? [n] : []))
  const isEven = layers.every((layer) => layer.upperWeight === 0)
  const { offsets, geometry } = straighten(slices, spacingMm, layerCount)
  const notices = [
    ...(gaps.length > 0 ? [describeGaps(slices, places, gaps, spacingMm)] : []),
    ...(gaps.length === 0 && !isEven ? [describeIrregularSpacing(slices, steps, spacingMm)] : []),
    ...(offsets ? [describeTilt(slices)] : []),
  ]
  return { geometry, layers, offsets, notices }
}

/** True where the slices, one behind the other, already are the volume. */
export const isPlain = (plan: StackPlan, sliceCount: number): boolean =>
  plan.offsets === null && plan.layers.length === sliceCount && plan.layers.every((layer) => layer.upperWeight === 0)

function planLayers(places: readonly number[], count: number, spacingMm: number): Layer[] {
  let lower = 0
  return Array.from({ length: count }, (_, n) => {
    const wanted = places[0] + n * spacingMm
    while (lower < places.length - 2 && places[lower + 1] <= wanted) lower++
    const nearest = wanted - places[lower] <= places[lower + 1] - wanted ? lower : lower + 1
    if (Math.abs(places[nearest] - wanted) <= PLACE_TOLERANCE * spacingMm) {
      return { lower: nearest, upper: nearest, upperWeight: 0 }
    }
    const upperWeight = (wanted - places[lower]) / (places[lower + 1] - places[lower])
    return { lower, upper: lower + 1, upperWeight }
  })
}

/** Where each slice's first pixel lies across the normal, in whole-stack columns and rows, and the grid that holds them all. */
function straighten(slices: readonly PlacedSlice[], spacingMm: number, layerCount: number) {
  const [first] = slices
  const [rowSpacing, columnSpacing] = first.pixelSpacingMm
  const drift = slices.map((slice) => {
    const moved = subtract(slice.positionLpsMm, first.positionLpsMm)
    return [dot(moved, first.rowLps) / columnSpacing, dot(moved, first.columnLps) / rowSpacing] as const
  })
  const drifts = drift.some((pair) => pair.some((pixels) => Math.abs(pixels) > DRIFT_TOLERANCE_PIXELS))
  const [left, right] = drifts ? toRange(drift.map((pair) => pair[0])) : [0, 0]
  const [top, bottom] = drifts ? toRange(drift.map((pair) => pair[1])) : [0, 0]
  const offsets = drifts ? drift.map(([i, j]) => [i - left, j - top] as const) : null
  const geometry: VolumeGeometry = {
    size: [first.format.columns + right - left, first.format.rows + bottom - top, layerCount],
    spacingMm: [snapSpacingMm(columnSpacing), snapSpacingMm(rowSpacing), snapSpacingMm(spacingMm)],
    originLpsMm: add(
      first.positionLpsMm,
      add(scale(first.rowLps, left * columnSpacing), scale(first.columnLps, top * rowSpacing)),
    ),
    directionLps: [first.rowLps, first.columnLps, cross(first.rowLps, first.columnLps)],
  }
  return { offsets, geometry }
}

const toRange = (values: readonly number[]): readonly [number, number] => [
  Math.floor(Math.min(...values)),
  Math.ceil(Math.max(...values)),
]

/** Of an even number of steps the smaller middle one: missing slices only ever make steps larger. */
function toLowerMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1]
}
