import { dot } from '../../geometry/vector.ts'
import { SMALLEST_STACK } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { toNormalLps } from './slicePlace.ts'

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

/** What makes slices of one kind, besides their frame of reference: modality, image type and orientation. */
export function toKindKey(slice: SliceHeader): string {
  const orientation = [...(slice.rowLps ?? []), ...(slice.columnLps ?? [])].map((n) => Math.round(n * 50))
  return [slice.modality, slice.imageType.slice(0, 3).join('\\'), orientation.join()].join('|')
}

/** A localiser or a reformat that shares the UID of its series lies in a part of its own. */
export function splitKinds(series: SliceHeader[]): SliceHeader[][] {
  // De-identification gives every slice of some LIDC scans a frame of reference of its own; such UIDs say nothing.
  const frameCount = new Set(series.map((slice) => slice.frameOfReferenceUid)).size
  const trustFrames = frameCount * SMALLEST_STACK <= series.length
  const toKey = (slice: SliceHeader) => `${trustFrames ? slice.frameOfReferenceUid : ''}|${toKindKey(slice)}`
  return [...groupBy(series, toKey).values()]
}

/** Repeated scans of the same positions are told apart by their acquisition number. */
export function splitAcquisitions(slices: SliceHeader[]): SliceHeader[][] {
  if (!hasRepeatedPositions(slices)) return [slices]
  const parts = [...groupBy(slices, (slice) => String(slice.acquisitionNumber)).values()]
  const clean = parts.length > 1 && parts.every((part) => part.length >= SMALLEST_STACK && !hasRepeatedPositions(part))
  return clean ? parts : [slices]
}

export function hasRepeatedPositions(slices: readonly SliceHeader[]): boolean {
  const normal = toNormalLps(slices[0])
  const places = slices.map((slice) => {
    return normal && slice.positionLpsMm ? dot(normal, slice.positionLpsMm).toFixed(2) : slice.path
  })
  return new Set(places).size < places.length
}
