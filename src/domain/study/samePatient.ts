import type { StudyIdentity } from './studyIdentity.ts'

/**
 * Whether two studies are of one patient by their headers. `unknown`: too little is said to tell; `other`: what is said
 * contradicts itself.
 */
export type Kinship = 'same' | 'unknown' | 'other'

type Person = Pick<StudyIdentity, 'patientId' | 'patientName' | 'birthDate' | 'sex'>

/** What anonymisers write in place of an ID: it is many patients'. */
const PLACEHOLDER =
  /^([0x*?.\-_\s]*|(anon\w*|no ?id|none|null|unknown|unbekannt|nobody|test\w*|patient|removed|deleted|n\/?a|de-?ident\w*|pseudonym\w*)[\s\d_.-]*)$/i
/** Dates that stand for none. */
const NO_BIRTH_DATE = /^(0{8}|1[89]000101|0001\d{4})$/

const toId = ({ patientId }: Person): string | null => {
  const id = patientId?.trim() ?? ''
  return PLACEHOLDER.test(id) ? null : id.toUpperCase()
}

const toBirthDate = ({ birthDate }: Person): string | null =>
  birthDate !== null && /^\d{8}$/.test(birthDate) && !NO_BIRTH_DATE.test(birthDate) ? birthDate : null

/** The parts of a name without accents, titles' points and order: "Müller, Jörg" and "JOERG MUELLER" are one. */
function toNameParts({ patientName, patientId }: Person): readonly string[] {
  const name = patientName?.trim() ?? ''
  // Archives without names write the ID once more.
  if (PLACEHOLDER.test(name) || name.toUpperCase() === patientId?.trim().toUpperCase()) return []
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase()
  return plain
    .replace(/([aou])e/g, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
}

const isLatin = (parts: readonly string[]): boolean => parts.some((part) => /\p{Script=Latin}/u.test(part))

/** Each part of the shorter name is one of the longer, or its initial. Names in two scripts cannot be compared. */
function areNamesCompatible(one: readonly string[], two: readonly string[]): boolean {
  if (isLatin(one) !== isLatin(two)) return true
  const [few, many] = one.length <= two.length ? [one, two] : [two, one]
  const isInitial = (a: string, b: string) => a.length === 1 && b.startsWith(a)
  return few.every((part) => many.some((other) => part === other || isInitial(part, other) || isInitial(other, part)))
}

const isContradicted = <T>(one: T | null, two: T | null): boolean => one !== null && two !== null && one !== two

/**
 * The same patient needs a Patient ID on both, the same one, and no name, birth date or sex against it; a name alone is never enough.
 */
export function toKinship(one: Person | null, two: Person | null): Kinship {
  if (!one || !two) return 'unknown'
  const [idOfOne, idOfTwo] = [toId(one), toId(two)]
  const isOther =
    isContradicted(idOfOne, idOfTwo) ||
    isContradicted(toBirthDate(one), toBirthDate(two)) ||
    isContradicted(toSex(one), toSex(two)) ||
    !areNamesCompatible(toNameParts(one), toNameParts(two))
  if (isOther) return 'other'
  return idOfOne !== null && idOfTwo !== null ? 'same' : 'unknown'
}

/**
 * What two studies of one patient have in common to the letter, for a hash: stricter than `toKinship`, since a hash cannot tell what is left
 * out from what contradicts. Null without a Patient ID that names one.
 */
export function toPatientText(person: Person | null): string | null {
  const id = person && toId(person)
  if (!person || id === null) return null
  return JSON.stringify([id, toBirthDate(person), toSex(person), toNameParts(person).toSorted()])
}

/** "O" says neither. */
const toSex = ({ sex }: Person) => (sex === 'O' ? null : sex)
