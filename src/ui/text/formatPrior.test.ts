import { expect, it } from 'vitest'
import { formatStudyDate } from '../../domain/study/studyMoment.ts'
import { formatInterval, formatRelated } from './formatPrior.ts'

const PRIOR = { kinship: 'same', order: 'earlier', days: 214, date: '20240312' } as const

it('says what the other study is, of when, and how long before', () => {
  expect(formatRelated(PRIOR, true)).toBe('Prior · 12 Mar 2024 · 214 days before')
  expect(formatRelated(PRIOR, false)).toBe('Prior · 214 days before')
  expect(formatRelated({ ...PRIOR, order: 'later', days: -1 }, true)).toBe('Later study · 12 Mar 2024 · 1 day after')
})

it('never calls a study prior whose patient is not known to be the same', () => {
  expect(formatRelated({ ...PRIOR, kinship: 'unknown' }, true)).toMatch(
    /^Comparison · not known to be the same patient/,
  )
  expect(formatRelated({ ...PRIOR, kinship: 'other' }, true)).toMatch(/^Comparison · another patient by its headers/)
})

it('leaves out what is not told', () => {
  expect([formatStudyDate('20241399'), formatStudyDate(null), formatInterval(null), formatInterval(0)]).toEqual([
    null,
    null,
    null,
    'same day',
  ])
})
