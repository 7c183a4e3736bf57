import { expect, test } from 'vitest'
import { toKinship, toPatientText } from './samePatient.ts'

type Person = NonNullable<Parameters<typeof toKinship>[0]>

const JANE: Person = { patientId: 'P-17', patientName: 'Doe, Jane Marie', birthDate: '19600504', sex: 'F' }
const as = (part: Partial<Person>): Person => ({ ...JANE, ...part })

test.each<[string, Partial<Person>]>([
  ['all is equal', {}],
  ['the ID has blanks and small letters', { patientId: ' p-17 ' }],
  ['a middle name is left out', { patientName: 'DOE, JANE' }],
  ['first names are initials', { patientName: 'Doe, J. M.' }],
  ['the order of the name is another', { patientName: 'Jane Doe' }],
  ['the birth date is not told', { birthDate: null }],
  ['the birth date stands for none', { birthDate: '19000101' }],
  ['the name is taken away', { patientName: null }],
  ['the name is the ID once more', { patientName: 'P-17' }],
  ['the name is written in another script', { patientName: '山田, 花子' }],
  ['the sex is not told apart', { sex: 'O' }],
])('two studies are of one patient where %s', (_, part) => {
  expect([toKinship(JANE, as(part)), toKinship(as(part), JANE)]).toEqual(['same', 'same'])
})

test.each<[string, Partial<Person>]>([
  ['name, birth date and sex are equal and the ID is another', { patientId: 'P-18' }],
  ['the ID is equal and the birth date another', { birthDate: '19600505' }],
  ['the ID is equal and the name another', { patientName: 'Roe, Jane' }],
  ['the ID is equal and the sex another', { sex: 'M' }],
  ['the ID is missing and the birth date another', { patientId: null, birthDate: '19710101' }],
])('two studies are of other patients where %s', (_, part) => {
  expect([toKinship(JANE, as(part)), toKinship(as(part), JANE)]).toEqual(['other', 'other'])
})

test.each([null, '', '  ', '0', '0000', 'ANONYMOUS', 'anon_12', 'Unknown', 'XXXX', 'N/A', 'TEST01'])(
  'a Patient ID of %j is nobody’s, whatever name stands beside it',
  (patientId) => {
    expect(toKinship(JANE, as({ patientId }))).toBe('unknown')
    expect(toKinship(as({ patientId }), as({ patientId }))).toBe('unknown')
  },
)

test('names are one with accents, umlauts written out and another order', () => {
  const [one, two] = [as({ patientName: 'Müller, Jörg' }), as({ patientName: 'JOERG MUELLER' })]
  expect(toKinship(one, two)).toBe('same')
})

test('a study without headers is of nobody known', () => {
  expect([toKinship(JANE, null), toKinship(null, null)]).toEqual(['unknown', 'unknown'])
})

test('the text for a hash is one for a patient written otherwise, and another for whatever contradicts', () => {
  expect(toPatientText(as({ patientId: ' p-17 ', patientName: 'JANE MARIE DOE' }))).toBe(toPatientText(JANE))
  const others = [{ patientId: 'P-18' }, { birthDate: '19600505' }, { sex: 'M' as const }, { patientName: 'Roe, Jane' }]
  for (const part of others) expect(toPatientText(as(part))).not.toBe(toPatientText(JANE))
  expect([
    toPatientText(null),
    toPatientText(as({ patientId: 'anonymous' })),
    toPatientText(as({ patientId: null })),
  ]).toEqual([null, null, null])
})
