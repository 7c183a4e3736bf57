import { dot } from '../../geometry/vector.ts'
import { type PlacedSlice, toPlaceMm } from './slicePlace.ts'

/** Slices further than this from the next one, mm, are not of one scan: nobody is scanned in pieces half a metre apart. */
const FAR_ALONG_MM = 500
/** Slices further than this, mm, from the line on which the others are stacked are at a wrong place. */
const FAR_ASIDE_MM = 100

/**
 * Slices that lie together, of those sorted along their normal: the largest stack between large distances, without those
 * that lie far to its side. One wild position would make a grid that no memory holds. None where most lie wildly.
 */
export function leaveOutFar(sorted: readonly PlacedSlice[]): readonly PlacedSlice[] {
  const stacks: PlacedSlice[][] = []
  sorted.forEach((slice, n) => {
    if (n > 0 && toPlaceMm(slice) - toPlaceMm(sorted[n - 1]) <= FAR_ALONG_MM) stacks[stacks.length - 1].push(slice)
    else stacks.push([slice])
  })
  const largest = stacks.reduce((best, stack) => (stack.length > best.length ? stack : best), [])
  return largest.length < 3 ? largest : leaveOutAside(largest)
}

function leaveOutAside(stack: readonly PlacedSlice[]): readonly PlacedSlice[] {
  const places = stack.map(toPlaceMm)
  const [{ rowLps, columnLps }] = stack
  const isNear = [rowLps, columnLps].map((axis) => {
    const aside = stack.map((slice) => dot(axis, slice.positionLpsMm))
    const slopes = aside.slice(1).flatMap((mm, n) => toSlope(mm - aside[n], places[n + 1] - places[n]))
    const slope = toMedian(slopes, (a, b) => Math.abs(a) - Math.abs(b))
    const off = aside.map((mm, n) => mm - slope * places[n])
    const middle = toMedian(off, (a, b) => a - b)
    return off.map((mm) => Math.abs(mm - middle) <= FAR_ASIDE_MM)
  })
  const near = stack.filter((_, n) => isNear.every((axis) => axis[n]))
  return 2 * near.length > stack.length ? near : []
}

/** A slice at the place of another one tells no direction. */
const toSlope = (aside: number, along: number): number[] => (along > 0.01 ? [aside / along] : [])

const toMedian = (values: readonly number[], compare: (a: number, b: number) => number): number =>
  [...values].sort(compare)[(values.length - 1) >> 1] ?? 0
