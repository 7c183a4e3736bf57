import type { Problem } from '../../../base/result.ts'
import { dot, lengthOf, subtract } from '../../geometry/vector.ts'
import { type StackGrid, toErrorMm } from './chooseGrid.ts'
import { type PlacedSlice, toNormalLps } from './slicePlace.ts'

/** Steps that differ by more have changed, mm. */
const CHANGE_MM = 0.11

const toStep = (mm: number) => String(Number(mm.toFixed(2)))
const toMm = (value: number) => `${value.toFixed(1)} mm`

/** Names the first gap by its files and places, and how many layers are missing. `gaps`: for each step, whether it is one. */
export function describeGaps(
  slices: readonly PlacedSlice[],
  places: readonly number[],
  gaps: readonly boolean[],
  { own }: StackGrid,
): Problem {
  const first = gaps.indexOf(true)
  const count = gaps.filter(Boolean).length
  const missing = gaps.reduce((sum, isGap, n) => sum + (isGap ? own[n + 1] - own[n] - 1 : 0), 0)
  const more = count > 1 ? ` and at ${count - 1} more place${count > 2 ? 's' : ''}` : ''
  return {
    code: 'missing-slices',
    message:
      `${missing === 1 ? 'A slice is' : `${missing} slices are`} missing between ${slices[first].path} (${toMm(places[first])}) ` +
      `and ${slices[first + 1].path} (${toMm(places[first + 1])})${more}; the views show the place as missing.`,
    nextStep: 'Export the series again to have it whole.',
  }
}

/** Names the place where the distance of the slices first changes; nothing is missing there. */
export function describeIrregularSpacing(
  slices: readonly PlacedSlice[],
  places: readonly number[],
  gaps: readonly boolean[],
  grid: StackGrid,
): Problem {
  const steps = places.slice(1).map((place, n) => place - places[n])
  const measured = steps.filter((_, n) => !gaps[n])
  const range = `${toStep(Math.min(...measured))} to ${toStep(Math.max(...measured))} mm`
  const at = steps.findIndex(
    (step, n) => n > 0 && !gaps[n] && !gaps[n - 1] && Math.abs(step - steps[n - 1]) > CHANGE_MM,
  )
  const where = at > 0 ? `, first changing at ${slices[at].path} (${toMm(places[at])})` : ''
  return {
    code: 'irregular-spacing',
    message: `The slices of ${slices[0].path} are ${range} apart${where}; they are resampled to ${toStep(grid.spacingMm)} mm.`,
    nextStep: `Every slice is shown, at most ${toErrorMm(places, grid).toFixed(2)} mm from its place; what lies between is interpolated.`,
  }
}

/** Angle between the stacking direction and the normal of the slices. */
export function describeTilt(slices: readonly PlacedSlice[]): Problem {
  const moved = subtract(slices[slices.length - 1].positionLpsMm, slices[0].positionLpsMm)
  const normal = toNormalLps(slices[0]) ?? [0, 0, 1]
  const cosine = Math.min(1, Math.abs(dot(moved, normal)) / lengthOf(moved))
  const degrees = ((Math.acos(cosine) * 180) / Math.PI).toFixed(1)
  return {
    code: 'gantry-tilt',
    message: `The slices of ${slices[0].path} are stacked at a slant of ${degrees}° (gantry tilt); the volume is straightened.`,
    nextStep: 'Positions and HU are right; pixels are interpolated by up to half a pixel.',
  }
}
