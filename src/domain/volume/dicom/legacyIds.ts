import type { SliceHeader } from './sliceHeader.ts'
import { groupBy, splitAcquisitions, splitKinds } from './splitSeries.ts'

/**
 * The id that version 0.3.0 gave to the series of each slice: the Series UID (else the file's path), with `~2`, `~3` …
 * for further parts in the order of the drop. What was dictated then lies under it. Slices that 0.3.0 took for copies
 * have none.
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
