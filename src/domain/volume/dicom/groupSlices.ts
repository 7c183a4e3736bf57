import { dotVec3 } from '../geometry.ts'
import { SMALLEST_STACK } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { toNormalLps } from './slicePlace.ts'

/**
 * Slices that belong into one volume: same series, frame of reference, orientation and image type, so that a localiser
 * or a reformat that shares the series UID stays apart. Repeated scans of the same positions are told apart by their
 * acquisition number.
 */
export function groupSlices(slices: readonly SliceHeader[]): SliceHeader[][] {
  const series = groupBy(dropCopies(slices), (slice) => slice.seriesUid || slice.path)
  return [...series.values()].flatMap(splitKinds).flatMap(splitAcquisitions)
}

/** The same instance dropped twice (two folders, a zip beside its content) counts once. */
function dropCopies(slices: readonly SliceHeader[]): SliceHeader[] {
  const seen = new Set<string>()
  return slices.filter((slice) => {
    if (slice.sopInstanceUid === '') return true
    const key = `${slice.sopInstanceUid}/${slice.frameIndex}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function splitKinds(series: SliceHeader[]): SliceHeader[][] {
  // De-identification gives every slice of some LIDC scans a frame of reference of its own; such UIDs say nothing.
  const frameCount = new Set(series.map((slice) => slice.frameOfReferenceUid)).size
  const trustFrames = frameCount * SMALLEST_STACK <= series.length
  const toKey = (slice: SliceHeader) => {
    const orientation = [...(slice.rowLps ?? []), ...(slice.columnLps ?? [])].map((n) => Math.round(n * 50))
    const frame = trustFrames ? slice.frameOfReferenceUid : ''
    return [slice.modality, frame, slice.imageType.slice(0, 3).join('\\'), orientation.join()].join('|')
  }
  return [...groupBy(series, toKey).values()]
}

function splitAcquisitions(slices: SliceHeader[]): SliceHeader[][] {
  if (!hasRepeatedPositions(slices)) return [slices]
  const parts = [...groupBy(slices, (slice) => String(slice.acquisitionNumber)).values()]
  const clean = parts.length > 1 && parts.every((part) => part.length > 2 && !hasRepeatedPositions(part))
  return clean ? parts : [slices]
}

function hasRepeatedPositions(slices: readonly SliceHeader[]): boolean {
  const normal = toNormalLps(slices[0])
  const places = slices.map((slice) => {
    return normal && slice.positionLpsMm ? dotVec3(normal, slice.positionLpsMm).toFixed(2) : slice.path
  })
  return new Set(places).size < places.length
}

export function groupBy<T>(items: readonly T[], toKey: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = toKey(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
