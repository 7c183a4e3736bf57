import type { Problem } from '../../../base/result.ts'
import { listNames } from '../problems.ts'
import type { SliceHeader } from './sliceHeader.ts'
import type { PlacedSlice } from './slicePlace.ts'

const namesOf = (slices: readonly SliceHeader[]): string => listNames(slices.map((slice) => slice.path))

export const describeUnplaced = (left: readonly SliceHeader[]): Problem => ({
  code: 'slice-without-position',
  message: `${namesOf(left)} cannot be placed: the header names no possible position, orientation or pixel spacing.`,
  nextStep: 'The other slices are opened without it.',
})

export const describeOtherSize = (left: readonly SliceHeader[], kept: PlacedSlice): Problem => ({
  code: 'slices-of-other-size',
  message: `${namesOf(left)} differs in size or pixel spacing from the rest of its series (${kept.format.columns} × ${kept.format.rows}).`,
  nextStep: 'It is left out; the other slices are opened.',
})

export const describeFar = (left: readonly PlacedSlice[]): Problem => ({
  code: 'slices-far-off',
  message: `${namesOf(left)} lies far from the rest of its series, by its position ${left[0].positionLpsMm.map(toText).join(', ')} mm.`,
  nextStep: 'It is left out; the other slices are opened. Export it again to have it at its place.',
})

/** Why slices that have places are none of a volume, or null where that is not what is wrong. */
export function refuseScattered(group: readonly SliceHeader[], arranged: readonly PlacedSlice[]): Problem | null {
  const { length } = group.filter(
    (slice) => slice.positionLpsMm && slice.rowLps && slice.pixelSpacingMm && slice.format,
  )
  if (arranged.length > 0 || length === 0) return null
  return {
    code: 'scattered-slices',
    message: `${namesOf(group)}: the slices lie too far apart to be one volume.`,
    nextStep: 'Export the series again; the positions in its headers seem to be wrong.',
  }
}

const toText = (mm: number): string => (Math.abs(mm) < 1e6 ? String(Number(mm.toFixed(1))) : mm.toExponential(1))

export const describeDuplicates = (left: readonly SliceHeader[]): Problem => ({
  code: 'duplicate-slices',
  message: `${namesOf(left)} lies at the same place as another slice of its series.`,
  nextStep: 'The first by acquisition and instance number is shown; export the phases as separate series to see both.',
})

export const describeTurned = (slices: readonly PlacedSlice[], degrees: number): Problem => ({
  code: 'uneven-orientation',
  message: `The slices of ${slices[0].path} and its series differ in orientation by up to ${degrees.toFixed(2)}°; they are shown as parallel.`,
  nextStep: 'Places near the rim of the picture may be off by that angle.',
})
