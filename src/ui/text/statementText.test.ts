import { expect, it } from 'vitest'
import { toStatement } from '../../domain/statements/statement.fixture.ts'
import { describeFooting, describeReadings, formatPlace, formatWhere, toFooting } from './statementText.ts'

it('names place and size as far as they were said', () => {
  const place = { side: 'right', lobe: 'upper' } as const
  expect(formatWhere(toStatement({ place, sizeMm: 6 }))).toBe('right upper · 6 mm')
  expect(formatWhere(toStatement({ sizeMm: 6.54 }))).toBe('6.5 mm')
  expect(formatWhere(toStatement())).toBe('')
  expect(formatPlace({ side: 'bilateral', lobe: 'lower' })).toBe('both sides lower')
  expect(formatPlace({ side: null, lobe: 'lingula' })).toBe('lingula')
})

it('tells both readings, and whose word a status is', () => {
  const readings = { embedding: 'present', transcript: null } as const
  expect(describeReadings(toStatement({ readings }))).toBe('Sound: present. Words: not named.')
  const both = { embedding: 'present', transcript: 'present' } as const
  const statements = [
    toStatement({ readings, isSet: true }),
    toStatement({ readings: both }),
    toStatement({ readings }),
    toStatement({ status: 'uncertain', readings: { embedding: 'present', transcript: 'absent' } }),
  ]
  expect(statements.map(toFooting)).toEqual(['set', 'both', 'one', 'unsure'])
  expect(statements.map(describeFooting)).toEqual([
    'set by you',
    'heard in sound and words',
    'heard in one of the two',
    'for you to say',
  ])
})
