import type { HashPart, SaltedHasher } from '../../../base/saltedHash.ts'
import { toKindKey } from './legacyIds.ts'
import type { SliceHeader } from './sliceHeader.ts'

/** Patient IDs that de-identification writes in place of one; they name nobody. */
const PLACEHOLDER_ID = /^(anon\w*|de-?ident\w*|unknown|none|no ?id|n\/?a|test|patient ?(id)?|[0x.\-_* ]+)$/i

/**
 * Id of a DICOM study part: a hash of Patient ID, Study UID, Series UID, and of what the slices of the part share. Only
 * its own slices count, so that it is the same with and without its localiser. Null without a Series UID: then the
 * content is the id.
 */
export function toStudyId(slices: readonly SliceHeader[], hasher: SaltedHasher): string | null {
  const { identity } = slices[0]
  if (identity.seriesUid === null) return null
  return `study-${hasher.hash(['dicom', ...toOwner(slices[0]), identity.studyUid, identity.seriesUid, ...toPart(slices)])}`
}

/** Where the ID names nobody, the rest that is known of the patient stands in for it. */
function toOwner({ identity }: SliceHeader): HashPart[] {
  const { patientId, patientName, birthDate, sex } = identity
  if (patientId !== null && !PLACEHOLDER_ID.test(patientId)) return [patientId]
  return [patientId, patientName, birthDate, sex]
}

/** All by which groups are parted that a header says. */
function toPart(slices: readonly SliceHeader[]): HashPart[] {
  const shared = (toValue: (slice: SliceHeader) => HashPart): HashPart => {
    const first = toValue(slices[0])
    return slices.every((slice) => toValue(slice) === first) ? first : null
  }
  return [
    toKindKey(slices[0]),
    shared((slice) => slice.frameOfReferenceUid),
    shared((slice) => slice.acquisitionNumber),
    shared((slice) => slice.identity.studyDate),
    shared((slice) => slice.identity.accessionNumber),
    shared((slice) => slice.seriesTime),
    shared((slice) => slice.seriesNumber),
    shared((slice) => slice.kernel),
    shared(({ format, pixelSpacingMm }) => `${format?.columns}×${format?.rows} ${pixelSpacingMm}`),
  ]
}
