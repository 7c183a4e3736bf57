import { assert } from '../../../base/assert.ts'

/** Evenly spaced layers along the normal, and the layer that each source slice has. */
export interface StackGrid {
  readonly firstMm: number
  readonly spacingMm: number
  readonly count: number
  /** Layer of every source slice, ascending, no two the same: the nearest to its place. */
  readonly own: readonly number[]
}

/** Share of the spacing by which a slice may miss its place on an even grid. */
const PLACE_TOLERANCE = 0.1
/** Finer layers are not made of coarser slices, unless slices lie nearer to one another. */
const FINEST_STEP_MM = 0.5
/** Layers, those of gaps not counted, that may be made of one source slice. */
const LARGEST_GROWTH = 2
/** Spacings that are tried between the wished one and its bound. */
const TRIED_STEPS = 60
/** Starts of the grid before the first slice, in layers, that are tried with each. */
const TRIED_SHIFTS = [0, 0.1, -0.1, 0.2, -0.2, 0.3, -0.3, 0.4, -0.4]

/**
 * The grid on which every source slice keeps a layer of its own, the nearest to its place. Even stacks keep their
 * spacing; others get the smallest step that occurs, not under 0.5 mm and not so fine that there are more than twice as
 * many layers as slices, those in gaps not counted. Where these bounds would put two slices into one layer, spacing and
 * start are moved a little, and at last the bounds give way.
 * @param places mm, ascending
 * @param gaps for every step between places, whether slices are missing in it
 */
export function chooseGrid(places: readonly number[], gaps: readonly boolean[]): StackGrid {
  const steps = places.slice(1).map((place, n) => place - places[n])
  const measured = steps.filter((_, n) => !gaps[n])
  const even = toEvenGrid(places, measured)
  if (even && countMeasured(even, gaps) <= LARGEST_GROWTH * places.length) return even
  const smallestMm = Math.min(...measured)
  const usualMm = toMeanOfNearly(measured, smallestMm)
  const measuredMm = measured.reduce((sum, step) => sum + step, 0)
  const parts = steps.length - measured.length + 1
  // A part between gaps has a layer more than steps, and rounding to whole layers may add another.
  const boundMm = measuredMm / Math.max(1, LARGEST_GROWTH * places.length - 2 * parts)
  const wishedMm = Math.max(usualMm, FINEST_STEP_MM, boundMm)
  const finestMm = Math.max(FINEST_STEP_MM, boundMm)
  const grid =
    tryGrid(places, wishedMm, 0) ??
    tryGrid(places, Math.max(smallestMm, finestMm), 0) ??
    findGrid(places, wishedMm, 1.5 * wishedMm) ??
    findGrid(places, wishedMm, Math.min(smallestMm, wishedMm)) ??
    tryGrid(places, smallestMm, 0)
  assert(grid, 'slices further apart than the spacing share a layer')
  return grid
}

/** Layers that are a slice or lie between two that are no gap apart. */
const countMeasured = ({ own }: StackGrid, gaps: readonly boolean[]): number =>
  own.reduce((count, layer, n) => count + (n > 0 && !gaps[n - 1] ? layer - own[n - 1] : 1), 0)

/** Null where a slice lies off the even grid by more than headers round. */
function toEvenGrid(places: readonly number[], measured: readonly number[]): StackGrid | null {
  const [first, last] = [places[0], places[places.length - 1]]
  const medianMm = toLowerMedian(measured)
  const count = Math.round((last - first) / medianMm) + 1
  const grid = toGridOf(places, first, (last - first) / (count - 1))
  const isEven = places.every(
    (place, n) => Math.abs(place - first - grid.own[n] * grid.spacingMm) <= PLACE_TOLERANCE * grid.spacingMm,
  )
  return isEven && isInjective(grid.own) ? grid : null
}

function toGridOf(places: readonly number[], firstMm: number, spacingMm: number): StackGrid {
  const nearest = places.map((place) => Math.round((place - firstMm) / spacingMm))
  const own = nearest.map((layer) => layer - nearest[0])
  return { firstMm: firstMm + nearest[0] * spacingMm, spacingMm, count: own[own.length - 1] + 1, own }
}

const isInjective = (own: readonly number[]): boolean => own.every((layer, n) => n === 0 || layer > own[n - 1])

function tryGrid(places: readonly number[], spacingMm: number, shift: number): StackGrid | null {
  const grid = toGridOf(places, places[0] - shift * spacingMm, spacingMm)
  return isInjective(grid.own) ? grid : null
}

/** The first spacing on the way from one to another on which every slice has a layer, with the start of the smallest error. */
function findGrid(places: readonly number[], fromMm: number, toMm: number): StackGrid | null {
  for (let n = 0; n <= TRIED_STEPS; n++) {
    const spacingMm = fromMm + ((toMm - fromMm) * n) / TRIED_STEPS
    const grids = TRIED_SHIFTS.flatMap((shift) => tryGrid(places, spacingMm, shift) ?? [])
    if (grids.length === 0) continue
    return grids.reduce((best, grid) => (toErrorMm(places, grid) < toErrorMm(places, best) ? grid : best))
  }
  return null
}

/** How far a slice lies from its layer at most, mm. */
export const toErrorMm = (places: readonly number[], { firstMm, spacingMm, own }: StackGrid): number =>
  places.reduce((worst, place, n) => Math.max(worst, Math.abs(place - firstMm - own[n] * spacingMm)), 0)

/** Rounded positions make equal steps differ a little; the smallest of them would drift over a long stack. */
function toMeanOfNearly(steps: readonly number[], smallestMm: number): number {
  const near = steps.filter((step) => step <= (1 + PLACE_TOLERANCE) * smallestMm)
  return near.reduce((sum, step) => sum + step, 0) / near.length
}

/** Of an even number of steps the smaller middle one. */
function toLowerMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1]
}
