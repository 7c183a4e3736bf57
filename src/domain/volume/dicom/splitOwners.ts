import { groupBy } from './groupBy.ts'
import type { SliceHeader } from './sliceHeader.ts'

/**
 * Slices of different patients or studies never make one volume, whatever their Series UID says: a copied or reused UID
 * would interleave two people. Date and accession number may be missing in some slices of a study; they part slices only
 * where different ones are named.
 */
export function splitOwners(slices: readonly SliceHeader[]): SliceHeader[][] {
  return [...groupBy(slices, toOwnerKey).values()]
    .flatMap((group) => splitByNamed(group, (slice) => slice.identity.studyDate))
    .flatMap((group) => splitByNamed(group, (slice) => slice.identity.accessionNumber))
}

const toOwnerKey = ({ identity }: SliceHeader): string =>
  JSON.stringify([identity.patientId, identity.patientName, identity.birthDate, identity.sex, identity.studyUid])

/** Where a group names several values, each is a group, and the slices that name none are one too. */
function splitByNamed(group: SliceHeader[], toValue: (slice: SliceHeader) => string | null): SliceHeader[][] {
  const named = new Set(group.map(toValue).filter((value) => value !== null))
  return named.size > 1 ? [...groupBy(group, (slice) => toValue(slice) ?? '').values()] : [group]
}
