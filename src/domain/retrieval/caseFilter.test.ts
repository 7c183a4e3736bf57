import { expect, it } from 'vitest'
import type { LibraryCase } from '../model/manifest.ts'
import { addToFacets, joinFacets, NO_FACETS, NO_FILTER, passesFilter } from './caseFilter.ts'
import { excerptReport } from './reportExcerpt.ts'

const caseOf = (part: Partial<LibraryCase>): LibraryCase => ({ id: 'a', title: 'A', ...part })
const passes = (part: Partial<LibraryCase>, filter: Partial<typeof NO_FILTER>) =>
  passesFilter(caseOf(part), { ...NO_FILTER, ...filter })

it('takes a case without labels for no answer to "with" and for one to "without"', () => {
  expect(passes({ labels: [1, 0] }, { findings: [0] })).toBe(true)
  expect(passes({ labels: [1, 0] }, { findings: [0, 1] })).toBe(false)
  expect(passes({ labels: [1, 0] }, { withoutFindings: [0] })).toBe(false)
  expect(passes({}, { findings: [0] })).toBe(false)
  expect(passes({}, { withoutFindings: [0] })).toBe(true)
})

it('includes both bounds, leaves an open end open and leaves out what does not say it', () => {
  const years = (from: number | null, to: number | null) => ({ ageYears: { from, to } })
  expect([60, 70, 59.9, 70.1].map((ageYears) => passes({ ageYears }, years(60, 70)))).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(passes({ ageYears: 90 }, years(60, null))).toBe(true)
  expect(passes({}, years(null, 70))).toBe(false)
  const dates = { date: { from: '2025-02-28', to: '2025-12-31' } }
  expect(['2025-02-28', '2025-12-31', '2026-01-01'].map((date) => passes({ date }, dates))).toEqual([true, true, false])
  expect(passes({ sex: 'female' }, { sex: 'male' })).toBe(false)
  expect(passes({}, { sex: 'male' })).toBe(false)
})

it('offers what some case says, over all libraries', () => {
  const cases = [
    caseOf({ sex: 'male', ageYears: 71 }),
    caseOf({ sex: 'female', ageYears: 40, labels: [1] }),
    caseOf({}),
  ]
  const one = cases.reduce(addToFacets, NO_FACETS)
  expect(one).toEqual({ labels: true, sexes: ['female', 'male'], ageYears: { from: 40, to: 71 }, date: null })
  const other = addToFacets(NO_FACETS, caseOf({ date: '2024-05-01', ageYears: 80 }))
  expect(joinFacets([one, other])).toEqual({
    labels: true,
    sexes: ['female', 'male'],
    ageYears: { from: 40, to: 80 },
    date: { from: '2024-05-01', to: '2024-05-01' },
  })
  expect(joinFacets([])).toEqual(NO_FACETS)
})

it('excerpts the sentences that are about it, else the beginning, and cuts at a word', () => {
  const report = 'The heart is normal. A nodule of 4.5 mm lies in the left lung.\nNo effusion.'
  expect(excerptReport(report, (sentence) => sentence.includes('nodule'))).toBe(
    'A nodule of 4.5 mm lies in the left lung.',
  )
  expect(excerptReport(report, () => false)).toBe(
    'The heart is normal. A nodule of 4.5 mm lies in the left lung. No effusion.',
  )
  const long = excerptReport('word '.repeat(100), () => false)
  expect(long.endsWith('word …')).toBe(true)
  expect(long.length).toBeLessThan(225)
})
