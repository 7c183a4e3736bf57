import { groupBy } from './groupBy.ts'
import { SMALLEST_STACK } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { splitFolders } from './splitFolders.ts'
import { splitOwners } from './splitOwners.ts'
import { splitScans, toFolder } from './splitScans.ts'
import { splitAcquisitions, splitKinds } from './splitSeries.ts'

/** What failed of the UIDs, so that slices were put together by study and place. */
export type UidFault = 'no-series-uid' | 'series-uid-a-slice'

export interface SliceGroup {
  readonly slices: readonly SliceHeader[]
  /** All slices of which nothing but their place or their files tells that they are several scans; null for others. */
  readonly sharedWith: readonly SliceHeader[] | null
  readonly fault: UidFault | null
}

/**
 * Slices that belong into one volume: same patient, study, series, kind and acquisition (`splitOwners`, `splitKinds`,
 * `splitAcquisitions`), and of scans that share all of these, one (`splitScans`). Where a Series UID is missing, or is
 * another one for every slice, study, number, name and place stand in for it.
 */
export function groupSlices(slices: readonly SliceHeader[]): SliceGroup[] {
  const named = slices.filter((slice) => slice.seriesUid !== '')
  const unnamed = slices.filter((slice) => slice.seriesUid === '')
  const parts = [...groupBy(named, (slice) => slice.seriesUid).values()].flatMap(splitOwners).flatMap(splitKinds)
  const whole = parts.filter((part) => !isCrumb(part))
  const [stacked, crumbs] = stackCrumbs(parts.filter(isCrumb))
  return [
    ...[...whole, ...crumbs].flatMap((part) => toGroups(part, null)),
    ...stacked.flatMap((part) => toGroups(part, 'series-uid-a-slice')),
    ...stackWithoutUid(unnamed).flatMap((part) => toGroups(part, 'no-series-uid')),
  ]
}

function toGroups(part: SliceHeader[], fault: UidFault | null): SliceGroup[] {
  return splitAcquisitions(part).flatMap((group) => {
    const scans = splitScans(group)
    return scans.map((scan) => ({ slices: scan, sharedWith: scans.length > 1 ? group : null, fault }))
  })
}

/** Too few slices under one UID for a volume. */
const isCrumb = (part: readonly SliceHeader[]): boolean => part.length < SMALLEST_STACK && part[0].frameCount === 1

/** Crumbs of one study, number and name that are a stack together, and those that stay what they are. */
function stackCrumbs(crumbs: readonly SliceHeader[][]): [stacked: SliceHeader[][], left: SliceHeader[][]] {
  const stacked = stackWithoutUid(crumbs.flat()).filter(
    (part) => part.length >= SMALLEST_STACK && new Set(part.map((slice) => slice.seriesUid)).size > 1,
  )
  const used = new Set(stacked.flat())
  return [stacked, crumbs.filter((part) => !part.some((slice) => used.has(slice)))]
}

function stackWithoutUid(slices: readonly SliceHeader[]): SliceHeader[][] {
  return [...groupBy(slices, toStandIn).values()].flatMap(splitOwners).flatMap(splitKinds).flatMap(splitFolders)
}

/** Without a Study UID, which keeps patients apart, only the files of one folder; a multi-frame file by itself. */
function toStandIn({ identity, path, frameCount, seriesNumber, seriesDescription }: SliceHeader): string {
  const place = frameCount > 1 ? path : (identity.studyUid ?? toFolder(path))
  return JSON.stringify([place, identity.studyUid !== null, seriesNumber, seriesDescription])
}
