import { expect, test } from 'vitest'
import { ageAtStudy } from './studyIdentity.ts'

test.each([
  ['063Y', 63],
  ['018M', 1],
  ['110W', 2],
  ['010D', 0],
])('an age of %s is %i whole years', (age, years) => {
  expect(ageAtStudy({ age, birthDate: null, studyDate: null })).toBe(years)
})

test('without an age the years are counted from birth to study, the birthday not before its day', () => {
  const born = (birthDate: string) => ageAtStudy({ age: null, birthDate, studyDate: '20240615' })
  expect(born('19600615')).toBe(64)
  expect(born('19600616')).toBe(63)
})

test('an age that nothing tells is null, as is one of a birth after the study', () => {
  expect(ageAtStudy({ age: 'old', birthDate: '19600615', studyDate: null })).toBeNull()
  expect(ageAtStudy({ age: null, birthDate: '20250101', studyDate: '20240615' })).toBeNull()
  expect(ageAtStudy(null)).toBeNull()
})
