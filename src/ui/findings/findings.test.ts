import { expect, it } from 'vitest'
import { FINDINGS } from '../../domain/findings/findings.fixture.ts'
import type { FindingRow } from '../../state/appState.ts'
import { countRows, filterRows, searchRows } from './filterRows.ts'
import { describeFinding, toDifferenceText, toFindingTitle } from './findingText.ts'

const row = (change: Partial<FindingRow>): FindingRow => ({
  id: 'lung_nodule',
  label: 'Lung nodule',
  probability: 0.872,
  seen: 'present',
  said: 'present',
  deciding: [],
  agreement: 'agree',
  group: 'agreed',
  ...change,
})

const ROWS = [
  row({}),
  row({ id: 'emphysema', seen: 'present', said: 'not-mentioned', agreement: 'seen-not-said' }),
  row({ id: 'hiatal_hernia', seen: 'absent', said: 'absent' }),
  row({ id: 'cardiomegaly', seen: 'absent', said: 'not-mentioned', agreement: null }),
]

it('counts and keeps the rows of each filter in their order', () => {
  expect((['all', 'seen', 'said', 'differ'] as const).map((name) => countRows(ROWS, name))).toEqual([4, 2, 2, 1])
  expect(filterRows(ROWS, 'said').map(({ id }) => id)).toEqual(['lung_nodule', 'hiatal_hernia'])
})

it('finds rows by the words of their label and of their synonyms, in their order', () => {
  const rows = [
    row({}),
    row({ id: 'hiatal_hernia', label: 'Hiatal hernia' }),
    row({ id: 'foreign', label: 'Foreign one' }),
  ]
  const findings = FINDINGS.map((one) => (one.id === 'hiatal_hernia' ? { ...one, synonyms: ['sliding hernia'] } : one))
  const found = (text: string) => searchRows(rows, findings, text).map(({ id }) => id)
  expect(found(' ')).toEqual(['lung_nodule', 'hiatal_hernia', 'foreign'])
  expect(found('NODULE lung')).toEqual(['lung_nodule'])
  expect(found('sliding')).toEqual(['hiatal_hernia'])
  expect(found('foreign')).toEqual(['foreign'])
  expect(found('nothing')).toEqual([])
})

it('tells how common a finding was where that is known', () => {
  const common = '12% of the scans it was calibrated on have the finding'
  expect(toFindingTitle(row({}), 0.12)).toBe(`Seen: present. ${common}`)
  expect(toFindingTitle(row({ seen: null }), 0.12)).toBe(common)
  expect(toFindingTitle(row({ seen: 'unsure' }), null)).toBe('Seen: unsure')
  expect(toFindingTitle(row({ seen: null }), null)).toBeUndefined()
})

it('tells how seen and said differ, also when a seen finding was said to be absent', () => {
  expect(toDifferenceText(row({}))).toBeNull()
  expect(toDifferenceText(row({ said: 'not-mentioned', agreement: 'seen-not-said' }))).toBe('seen, not said')
  expect(toDifferenceText(row({ said: 'absent', agreement: 'seen-not-said' }))).toBe('but seen')
  expect(toDifferenceText(row({ seen: 'absent', agreement: 'said-not-seen' }))).toBe('said, not seen')
})

it('describes a row for a screen reader without relying on colour or position', () => {
  expect(describeFinding(ROWS[1])).toBe('Lung nodule; seen present, 87%; differs: seen, not said')
  expect(describeFinding(row({ seen: null, probability: null, agreement: null }))).toBe('Lung nodule; said present')
})
