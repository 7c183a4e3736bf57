import { groupBy } from './groupBy.ts'
import { SMALLEST_STACK } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { toPlaces } from './splitSeries.ts'

/**
 * The id that version 0.3.0 gave to the series of each slice: the Series UID (else the file's path), with `~2`, `~3` …
 * for further parts in the order of the drop. What was dictated then lies under it. Slices that 0.3.0 took for copies
 * have none. It parted slices by keys that today's groups no longer use; they stay here as they were.
 */
export function toLegacyIds(slices: readonly SliceHeader[]): Map<SliceHeader, string> {
  const toUid = (slice: SliceHeader) => slice.seriesUid || slice.path
  const ordinals = new Map<string, number>()
  const groups = [...groupBy(dropEqualInstances(slices), toUid).values()].flatMap(splitKinds).flatMap(splitAcquisitions)
  return new Map(
    groups.flatMap((group) => {
      const uid = toUid(group[0])
      const ordinal = (ordinals.get(uid) ?? 0) + 1
      ordinals.set(uid, ordinal)
      const id = ordinal === 1 ? uid : `${uid}~${ordinal}`
      return group.map((slice) => [slice, id] as const)
    }),
  )
}

/** Modality, image type and orientation in steps of 0.02. */
export function toKindKey(slice: SliceHeader): string {
  const orientation = [...(slice.rowLps ?? []), ...(slice.columnLps ?? [])].map((n) => Math.round(n * 50))
  return [slice.modality, slice.imageType.slice(0, 3).join('\\'), orientation.join()].join('|')
}

function splitKinds(series: SliceHeader[]): SliceHeader[][] {
  const frameCount = new Set(series.map((slice) => slice.frameOfReferenceUid)).size
  const trustFrames = frameCount * SMALLEST_STACK <= series.length
  const toKey = (slice: SliceHeader) => `${trustFrames ? slice.frameOfReferenceUid : ''}|${toKindKey(slice)}`
  return [...groupBy(series, toKey).values()]
}

function splitAcquisitions(slices: SliceHeader[]): SliceHeader[][] {
  if (!hasRepeatedPositions(slices)) return [slices]
  const parts = [...groupBy(slices, (slice) => String(slice.acquisitionNumber)).values()]
  const clean = parts.length > 1 && parts.every((part) => part.length >= SMALLEST_STACK && !hasRepeatedPositions(part))
  return clean ? parts : [slices]
}

function hasRepeatedPositions(slices: readonly SliceHeader[]): boolean {
  const places = toPlaces(slices, slices[0]).map((place) => place.toFixed(2))
  return new Set(places).size < places.length
}

function dropEqualInstances(slices: readonly SliceHeader[]): SliceHeader[] {
  const seen = new Set<string>()
  return slices.filter((slice) => {
    if (slice.sopInstanceUid === '') return true
    const key = `${slice.sopInstanceUid}/${slice.frameIndex}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
