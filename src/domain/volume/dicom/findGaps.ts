/** Steps that differ by less than this, relative or mm, are equal: headers round positions to 0.01–0.1 mm. */
const SAME_SHARE = 0.1
const SAME_MM = 0.11
/** A step this much larger than the spacing beside it is a gap. */
const GAP_FACTOR = 1.5
/** Where no spacing is to be seen in a stack, only what is this much larger than its small steps. */
const LOOSE_GAP_FACTOR = 3
/** Equal steps in a row that are a spacing, wherever they lie. */
const SURE_RUN = 3
/** How far a step and the numbers of the slices may disagree about how many slices are missing. */
const NUMBER_TOLERANCE = 0.3

/** Equal steps in a row. */
interface Run {
  readonly start: number
  readonly end: number
  readonly stepMm: number
}

/**
 * For every step between neighbouring slices, whether it is a gap (slices are missing there) or a spacing. Spacing may
 * change within a series: steps that repeat are one. A gap is a step that stands alone and is much larger than the
 * spacing beside it, or one over which the numbers of the slices leap by as much as their places do.
 * @param steps mm, all > 0
 * @param numbers Instance Numbers of the slices, one more than steps; null where a header has none
 */
export function findGaps(steps: readonly number[], numbers: readonly (number | null)[]): boolean[] {
  const runs = toRuns(steps)
  const spacings = runs.filter((run, n) => isSpacing(run, runs[n - 1], runs[n + 1], steps.length))
  const covered = spacings.reduce((sum, { start, end }) => sum + end - start, 0)
  if (2 * covered < steps.length) return findLooseGaps(steps)
  const smallestMm = Math.min(...spacings.map(({ stepMm }) => stepMm))
  const leaps = toLeaps(numbers)
  return steps.map((step, n) => {
    const times = step / smallestMm
    if (times > GAP_FACTOR && leaps && Math.abs(leaps[n] - times) <= NUMBER_TOLERANCE * times) return true
    if (spacings.some(({ start, end }) => n >= start && n < end)) return false
    return step > GAP_FACTOR * toSpacingBesideMm(spacings, n)
  })
}

function toRuns(steps: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const [n, step] of steps.entries()) {
    const last = runs.at(-1)
    const count = last ? last.end - last.start : 0
    if (last && isSame(step, last.stepMm)) {
      runs[runs.length - 1] = { ...last, end: n + 1, stepMm: (last.stepMm * count + step) / (count + 1) }
    } else runs.push({ start: n, end: n + 1, stepMm: step })
  }
  return runs
}

const isSame = (a: number, b: number): boolean =>
  Math.abs(a - b) <= Math.max(SAME_SHARE * Math.max(a, b), Math.min(SAME_MM, 0.25 * Math.min(a, b)))

/** Two large steps between smaller ones that are equal are two slices missing with one between them. */
function isSpacing(
  { start, end, stepMm }: Run,
  before: Run | undefined,
  after: Run | undefined,
  count: number,
): boolean {
  const length = end - start
  if (length >= SURE_RUN || length === count) return true
  if (length < 2) return false
  const isBump = before && after && isSame(before.stepMm, after.stepMm) && stepMm > GAP_FACTOR * before.stepMm
  return !isBump
}

/** The larger of the spacings on both sides of a step. */
function toSpacingBesideMm(spacings: readonly Run[], step: number): number {
  const before = spacings.findLast(({ end }) => end <= step)
  const after = spacings.find(({ start }) => start > step)
  return Math.max(before?.stepMm ?? 0, after?.stepMm ?? 0)
}

function findLooseGaps(steps: readonly number[]): boolean[] {
  const small = [...steps].sort((a, b) => a - b)[Math.floor((steps.length - 1) / 4)]
  return steps.map((step) => step > LOOSE_GAP_FACTOR * small)
}

/** How far the number rises with each step, in units of the usual rise; null where the numbers tell nothing. */
function toLeaps(numbers: readonly (number | null)[]): number[] | null {
  const known = numbers.filter((number) => number !== null)
  if (known.length < numbers.length || new Set(known).size < known.length) return null
  const rises = known.slice(1).map((number, n) => number - known[n])
  if (!rises.every((rise) => rise > 0) && !rises.every((rise) => rise < 0)) return null
  const sorted = rises.map(Math.abs).sort((a, b) => a - b)
  const usual = sorted[(sorted.length - 1) >> 1]
  return rises.map((rise) => Math.abs(rise) / usual)
}
