import { dot } from '../../geometry/vector.ts'
import { groupBy } from './groupBy.ts'
import { SMALLEST_STACK } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { toNormalLps } from './slicePlace.ts'
import { splitOrientations } from './splitOrientations.ts'

/** Slices nearer than this along the normal, mm, are at one place: headers round positions. */
const SAME_PLACE_MM = 0.05
/** Share of the smaller of two acquisitions that must lie at places of the other for them to be two scans. */
const REPEATED_SHARE = 0.5

/** A localiser or a reformat that shares the UID of its series lies in a part of its own. */
export function splitKinds(series: SliceHeader[]): SliceHeader[][] {
  // De-identification gives every slice of some LIDC scans a frame of reference of its own; such UIDs say nothing.
  const frameCount = new Set(series.map((slice) => slice.frameOfReferenceUid)).size
  const trustFrames = frameCount * SMALLEST_STACK <= series.length
  const toKey = (slice: SliceHeader) =>
    [trustFrames ? slice.frameOfReferenceUid : '', slice.modality, ...slice.imageType.slice(0, 3)].join('|')
  return [...groupBy(series, toKey).values()].flatMap(splitOrientations)
}

/**
 * Repeated scans of the same places are told apart by their acquisition number. Acquisitions that lie behind one another,
 * with some places shared where they meet, are one scan: each goes to the first scan that does not have its places yet.
 */
export function splitAcquisitions(slices: SliceHeader[]): SliceHeader[][] {
  if (!hasRepeatedPositions(slices)) return [slices]
  const parts = [...groupBy(slices, (slice) => String(slice.acquisitionNumber)).values()]
  if (parts.some((part) => part.length < SMALLEST_STACK || hasRepeatedPositions(part))) return [slices]
  const scans: SliceHeader[][][] = []
  for (const part of parts) {
    const scan = scans.find((one) => one.every((other) => !isRepeated(part, other)))
    if (scan) scan.push(part)
    else scans.push([part])
  }
  return scans.map((scan) => scan.flat())
}

export function hasRepeatedPositions(slices: readonly SliceHeader[]): boolean {
  const places = toPlaces(slices, slices[0])
  return places.some((place, n) => n > 0 && place - places[n - 1] < SAME_PLACE_MM)
}

function isRepeated(a: readonly SliceHeader[], b: readonly SliceHeader[]): boolean {
  const [ofA, ofB] = [toPlaces(a, a[0]), toPlaces(b, a[0])]
  return countShared(ofA, ofB) >= REPEATED_SHARE * Math.min(ofA.length, ofB.length)
}

/** Places along the normal of `reference`, mm, ascending; slices without a position have none. */
export function toPlaces(slices: readonly SliceHeader[], reference: SliceHeader): number[] {
  const normal = toNormalLps(reference)
  if (!normal) return []
  const places = slices.flatMap(({ positionLpsMm }) => (positionLpsMm ? [dot(normal, positionLpsMm)] : []))
  return places.sort((a, b) => a - b)
}

/** How many places of two ascending lists are the same. */
function countShared(a: readonly number[], b: readonly number[]): number {
  let shared = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (Math.abs(a[i] - b[j]) < SAME_PLACE_MM) shared++
    if (a[i] < b[j]) i++
    else j++
  }
  return shared
}
