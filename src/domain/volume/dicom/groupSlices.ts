import type { SliceHeader } from './sliceHeader.ts'
import { splitOwners } from './splitOwners.ts'
import { splitScans, toFolder } from './splitScans.ts'
import { groupBy, splitAcquisitions, splitKinds } from './splitSeries.ts'

export interface SliceGroup {
  readonly slices: readonly SliceHeader[]
  /** All slices of which nothing but their place or their files tells that they are several scans; null for others. */
  readonly sharedWith: readonly SliceHeader[] | null
}

/**
 * Slices that belong into one volume: same patient, study, series, kind and acquisition (`splitOwners`, `splitKinds`,
 * `splitAcquisitions`), and of scans that share all of these, one (`splitScans`).
 */
export function groupSlices(slices: readonly SliceHeader[]): SliceGroup[] {
  return [...groupBy(slices, toSeriesKey).values()]
    .flatMap(splitOwners)
    .flatMap(splitKinds)
    .flatMap(splitAcquisitions)
    .flatMap((group) => {
      const scans = splitScans(group)
      return scans.map((scan) => ({ slices: scan, sharedWith: scans.length > 1 ? group : null }))
    })
}

/** Without a Series UID: the files of one folder that carry one series' number and name; a multi-frame file by itself. */
function toSeriesKey({ seriesUid, path, frameCount, seriesNumber, seriesDescription }: SliceHeader): string {
  if (seriesUid !== '') return seriesUid
  return JSON.stringify([frameCount > 1 ? path : toFolder(path), seriesNumber, seriesDescription])
}
