import type { Problem } from '../../base/result.ts'

/** Fewer slices than this are pictures: they are shown, and no model is asked about them. */
export const SMALLEST_STACK = 3

/** Of a series that opens as a picture: it comes behind every volume. */
export const FLAT_SCORE = 1

export const isFlat = (size: readonly number[]): boolean => Math.min(...size) < SMALLEST_STACK

const toCount = (slices: number) => (slices === 1 ? 'a single slice' : `only ${slices} slices`)

/** For the list of series, which names no file. */
export const toFlatReason = (slices: number): string => `Holds ${toCount(slices)}: a flat image without scores.`

export const describeFlat = (names: string, slices: number): Problem => ({
  code: 'flat-image',
  message: `${names}: ${toCount(slices)}, shown as a flat image without scores.`,
  nextStep: 'Drop the whole series to have it as a volume and to have it read by the model.',
})
