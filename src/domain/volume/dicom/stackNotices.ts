import type { Problem } from '../../../base/result.ts'
import { dot, lengthOf, subtract } from '../../geometry/vector.ts'
import { type PlacedSlice, toNormalLps } from './slicePlace.ts'

const toMm = (value: number) => `${value.toFixed(1)} mm`

/** Names the first gap by its files and places, and how many layers had to be made up. `gaps` = index of the slice before each. */
export function describeGaps(
  slices: readonly PlacedSlice[],
  places: readonly number[],
  gaps: readonly number[],
  spacingMm: number,
): Problem {
  const [first] = gaps
  const missing = gaps.reduce((sum, n) => sum + Math.round((places[n + 1] - places[n]) / spacingMm) - 1, 0)
  const more = gaps.length > 1 ? ` and at ${gaps.length - 1} more place${gaps.length > 2 ? 's' : ''}` : ''
  return {
    code: 'missing-slices',
    message:
      `${missing === 1 ? 'A slice is' : `${missing} slices are`} missing between ${slices[first].path} (${toMm(places[first])}) ` +
      `and ${slices[first + 1].path} (${toMm(places[first + 1])})${more}; the gap is filled with a blend of its neighbours.`,
    nextStep: 'Read nothing into the filled slices; export the series again to have it whole.',
  }
}

export function describeIrregularSpacing(
  slices: readonly PlacedSlice[],
  steps: readonly number[],
  spacingMm: number,
): Problem {
  return {
    code: 'irregular-spacing',
    message:
      `The slices of ${slices[0].path} are ${toMm(Math.min(...steps))} to ${toMm(Math.max(...steps))} apart; ` +
      `they are resampled to ${spacingMm.toFixed(2)} mm.`,
    nextStep: 'Positions are right; fine detail between slices is interpolated.',
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
