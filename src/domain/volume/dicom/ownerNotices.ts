import type { Problem } from '../../../base/result.ts'
import { listNames } from '../problems.ts'
import { groupBy } from './groupBy.ts'
import type { SliceGroup } from './groupSlices.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { splitOwners } from './splitOwners.ts'

/** Names the files of each owner, never the owner: a notice is read aloud, copied and photographed. */
const listParts = (parts: readonly (readonly SliceHeader[])[]): string =>
  parts.map((part) => listNames(part.map((slice) => slice.path))).join('; ')

/** One Series UID that several patients or studies of a drop bear. */
export function describeOwners(slices: readonly SliceHeader[]): Problem[] {
  const named = slices.filter((slice) => slice.seriesUid !== '')
  const owners = [...groupBy(named, (slice) => slice.seriesUid).values()].map(splitOwners)
  return owners.flatMap((parts) => (parts.length > 1 ? [describeSharedUid(parts)] : []))
}

/** Scans of one patient, study and series that only place or files tell apart. */
export function describeScans(groups: readonly SliceGroup[]): Problem[] {
  const shared = new Set(groups.map((group) => group.sharedWith).filter((all) => all !== null))
  return [...shared].map((all) =>
    describeSharedSeries(groups.filter((group) => group.sharedWith === all).map((group) => group.slices)),
  )
}

const describeSharedUid = (parts: readonly (readonly SliceHeader[])[]): Problem => ({
  code: 'series-of-several-patients',
  message: `One series UID stands in files of ${parts.length} patients or studies, which are listed apart: ${listParts(parts)}.`,
  nextStep: 'Check at the source whose scan each is before reading one of them.',
})

const describeSharedSeries = (parts: readonly (readonly SliceHeader[])[]): Problem => ({
  code: 'series-of-several-scans',
  message: `${parts.length} scans bear the UIDs of one series (an anonymisation may do that) and are listed apart: ${listParts(parts)}.`,
  nextStep: 'Check at the source which scan is which before reading one of them.',
})
