import type { NamedFinding } from '../../findings/finding.ts'
import type { EncoderKey } from '../../findings/taught/ownFinding.ts'
import type { LibraryCase } from '../../model/manifest.ts'
import type { Thumbnail } from './thumbnail.ts'

/** A scan that a reader has put into a library of their own. No name of a patient is in it unless the reader typed one. */
export interface OwnCase {
  readonly id: string
  /** Name of the library that it lies in; a library is there as long as a case is. */
  readonly library: string
  readonly of: EncoderKey
  /** Salted id of its study on the device that added it. */
  readonly studyId: string
  /** Salted hash, equal for scans of one patient. */
  readonly patient: string
  readonly title: string
  /** Where its files lie, in the reader's words. */
  readonly where: string
  readonly sex: 'female' | 'male' | 'other' | null
  readonly ageYears: number | null
  /** What the reader has marked or said of it. */
  readonly present: readonly NamedFinding[]
  readonly absent: readonly NamedFinding[]
  readonly embedding: Float32Array
  readonly thumbnail: Thumbnail | null
  /** Of a phantom, which is made again. */
  readonly seed: number | null
  readonly createdAtMs: number
}

/** A case as a search lists it, with what only cases of one's own have. */
export interface ListedOwnCase extends LibraryCase {
  readonly own: OwnCase
}

/**
 * As a library lists it. Labels are one a finding of the pack, null for what was not marked.
 * @param findingIds of the pack, in its order
 */
export function toListedCase(own: OwnCase, findingIds: readonly string[]): ListedOwnCase {
  const present = new Set(own.present.map(({ id }) => id))
  const absent = new Set(own.absent.map(({ id }) => id))
  const labels = findingIds.map((id) => (present.has(id) ? 1 : absent.has(id) ? 0 : null))
  return {
    id: own.id,
    title: own.title,
    scan: own.studyId,
    patient: own.patient,
    ...(labels.some((label) => label !== null) && { labels }),
    ...(own.sex && { sex: own.sex }),
    ...(own.ageYears !== null && { ageYears: own.ageYears }),
    ...(own.seed !== null && { open: { kind: 'phantom' as const, seed: own.seed } }),
    own,
  }
}

export const isListedOwn = (found: LibraryCase): found is ListedOwnCase => 'own' in found

/** A title that names nobody: "Woman, 65 years". */
export function neutralTitle({ sex, ageYears }: Pick<OwnCase, 'sex' | 'ageYears'>, number: number): string {
  const who = sex === 'female' ? 'woman' : sex === 'male' ? 'man' : null
  return [`Case ${number}`, who, ageYears === null ? null : `${ageYears} years`].filter(Boolean).join(', ')
}
