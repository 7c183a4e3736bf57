import type { Problem } from '../../../base/result.ts'
import { listNames } from '../problems.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { type PlacedSlice, toPlaceMm } from './slicePlace.ts'
import { groupBy } from './splitSeries.ts'

/** Slices nearer than this, mm, are at one place. */
const SAME_PLACE_MM = 0.01

export interface ArrangedSlices {
  /** Sorted along the slice normal, one a place, all of one size. Empty where no slice can be placed. */
  readonly slices: readonly PlacedSlice[]
  readonly notices: readonly Problem[]
}

/** Sorts a group by position (file names and numbers say nothing sure) and leaves out, with a notice, what does not fit. */
export function arrangeSlices(group: readonly SliceHeader[]): ArrangedSlices {
  const placed = group.filter(isPlaced)
  const sameSize = findLargest(groupBy(placed, toSizeKey))
  const sorted = [...sameSize].sort((a, b) => toPlaceMm(a) - toPlaceMm(b) || compareNumbers(a, b))
  const slices = sorted.filter((slice, n) => n === 0 || toPlaceMm(slice) - toPlaceMm(sorted[n - 1]) > SAME_PLACE_MM)
  if (slices.length === 0) return { slices, notices: [] }
  return {
    slices,
    notices: [
      ...toNotice(subtract(group, placed), describeUnplaced),
      ...toNotice(subtract(placed, sameSize), (names) => describeOtherSize(names, slices[0])),
      ...toNotice(subtract(sorted, slices), describeDuplicates),
    ],
  }
}

function isPlaced(slice: SliceHeader): slice is PlacedSlice {
  return Boolean(slice.positionLpsMm && slice.rowLps && slice.columnLps && slice.pixelSpacingMm && slice.format)
}

const toSizeKey = ({ format, pixelSpacingMm }: PlacedSlice) =>
  `${format.columns}×${format.rows} ${pixelSpacingMm.map((mm) => mm.toFixed(4))}`

const findLargest = (groups: Map<string, PlacedSlice[]>): PlacedSlice[] =>
  [...groups.values()].reduce((best, group) => (group.length > best.length ? group : best), [])

const compareNumbers = (a: SliceHeader, b: SliceHeader) =>
  (a.acquisitionNumber ?? 0) - (b.acquisitionNumber ?? 0) || (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0)

function subtract(all: readonly SliceHeader[], kept: readonly SliceHeader[]): SliceHeader[] {
  const keptSet = new Set(kept)
  return all.filter((slice) => !keptSet.has(slice))
}

const toNotice = (left: readonly SliceHeader[], toProblem: (names: string) => Problem): Problem[] =>
  left.length > 0 ? [toProblem(listNames(left.map((slice) => slice.path)))] : []

const describeUnplaced = (names: string): Problem => ({
  code: 'slice-without-position',
  message: `${names} cannot be placed: the header names no position, orientation or pixel spacing.`,
  nextStep: 'The other slices are opened without it.',
})

const describeOtherSize = (names: string, kept: PlacedSlice): Problem => ({
  code: 'slices-of-other-size',
  message: `${names} differs in size or pixel spacing from the rest of its series (${kept.format.columns} × ${kept.format.rows}).`,
  nextStep: 'It is left out; the other slices are opened.',
})

const describeDuplicates = (names: string): Problem => ({
  code: 'duplicate-slices',
  message: `${names} lies at the same place as another slice of its series.`,
  nextStep: 'The first by acquisition and instance number is shown; export the phases as separate series to see both.',
})
