import type { Problem } from '../../../base/result.ts'
import { alignSlices } from './alignSlices.ts'
import {
  describeDuplicates,
  describeFar,
  describeOtherSize,
  describeTurned,
  describeUnplaced,
} from './arrangeNotices.ts'
import { groupLinked } from './groupBy.ts'
import { leaveOutFar } from './leaveOutFar.ts'
import { isReadable, type SliceHeader } from './sliceHeader.ts'
import { isPlaced, type PlacedSlice, toPlaceMm } from './slicePlace.ts'

/** Slices nearer than this, mm or share of the usual step, are at one place. */
const SAME_PLACE_MM = 0.05
const SAME_PLACE_SHARE = 0.1
/** Pixel spacings that differ by less, as a share, are equal: headers round. */
const SPACING_TOLERANCE = 1e-3
/** Axes that were turned by more, degrees, are told. */
const TOLD_DEGREES = 0.1

export interface ArrangedSlices {
  /** Sorted along the slice normal, one a place, all of one size and with one orientation. Empty where none can be placed. */
  readonly slices: readonly PlacedSlice[]
  readonly notices: readonly Problem[]
}

/** Sorts a group by position (file names and numbers say nothing sure) and leaves out, with a notice, what does not fit. */
export function arrangeSlices(group: readonly SliceHeader[]): ArrangedSlices {
  const placed = group.filter(isPlaced)
  if (placed.length === 0) return { slices: [], notices: [] }
  const sameSize = findLargest(groupLinked(placed, areOfOneSize))
  const { slices: aligned, turnedDegrees } = alignSlices(sameSize)
  const sorted = [...aligned].sort((a, b) => toPlaceMm(a) - toPlaceMm(b) || compareNumbers(a, b))
  const near = leaveOutFar(sorted)
  const slices = leaveOutDuplicates(near)
  if (slices.length === 0) return { slices, notices: [] }
  return {
    slices,
    notices: [
      ...tell(subtract(group, placed), describeUnplaced),
      ...tell(subtract(placed, sameSize), (left) => describeOtherSize(left, slices[0])),
      ...tell(subtract(sorted, near), describeFar),
      ...tell(subtract(near, slices), describeDuplicates),
      ...(turnedDegrees > TOLD_DEGREES ? [describeTurned(slices, turnedDegrees)] : []),
    ],
  }
}

const areOfOneSize = (a: PlacedSlice, b: PlacedSlice): boolean =>
  a.format.columns === b.format.columns &&
  a.format.rows === b.format.rows &&
  a.pixelSpacingMm.every((mm, n) => Math.abs(mm - b.pixelSpacingMm[n]) <= SPACING_TOLERANCE * mm)

/** By its readable slices: others alone are no picture. */
const findLargest = (groups: readonly PlacedSlice[][]): readonly PlacedSlice[] =>
  groups.reduce((best, group) => (countReadable(group) > countReadable(best) ? group : best))

const countReadable = (slices: readonly PlacedSlice[]): number => slices.filter(isReadable).length

const compareNumbers = (a: SliceHeader, b: SliceHeader) =>
  (a.acquisitionNumber ?? 0) - (b.acquisitionNumber ?? 0) || (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0)

/** Of slices at one place the first that is readable. */
function leaveOutDuplicates(sorted: readonly PlacedSlice[]): readonly PlacedSlice[] {
  const steps = sorted.slice(1).map((slice, n) => toPlaceMm(slice) - toPlaceMm(sorted[n]))
  const usual = steps.filter((step) => step > 1e-3).sort((a, b) => a - b)
  const usualMm = usual[usual.length >> 1] ?? 1
  const sameMm = Math.min(SAME_PLACE_MM, SAME_PLACE_SHARE * usualMm)
  const kept: PlacedSlice[] = []
  for (const slice of sorted) {
    const last = kept.at(-1)
    if (!last || toPlaceMm(slice) - toPlaceMm(last) > sameMm) kept.push(slice)
    else if (!isReadable(last) && isReadable(slice)) kept[kept.length - 1] = slice
  }
  return kept
}

function subtract<T extends SliceHeader>(all: readonly T[], kept: readonly T[]): T[] {
  const keptSet = new Set(kept)
  return all.filter((slice) => !keptSet.has(slice))
}

const tell = <T extends SliceHeader>(left: readonly T[], toProblem: (left: readonly T[]) => Problem): Problem[] =>
  left.length > 0 ? [toProblem(left)] : []
