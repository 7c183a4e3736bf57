import { expect, it } from 'vitest'
import type { SeriesSummary } from '../volume/series.ts'
import { type Comparable, listComparisons, toPrior, toReadingOrder } from './comparisons.ts'
import type { StudyIdentity } from './studyIdentity.ts'
import { toDaysBetween, toOrder } from './studyMoment.ts'

const IDENTITY: StudyIdentity = {
  patientName: 'Doe, Jane',
  patientId: 'P-17',
  birthDate: '19600504',
  sex: 'F',
  age: null,
  studyDate: '20241012',
  studyTime: '101500',
  accessionNumber: null,
  studyUid: '1.1',
  seriesUid: null,
  seriesNumber: null,
  studyDescription: null,
  seriesDescription: null,
  institution: null,
  modality: 'CT',
  protocolName: null,
  contrastAgent: null,
}

const seriesOf = (id: string, who: Partial<StudyIdentity> = {}, part: Partial<Comparable> = {}): Comparable => ({
  id,
  title: 'Chest',
  format: 'dicom',
  identity: { ...IDENTITY, ...who },
  spacingMm: [0.7, 0.7, 1],
  sliceCount: 300,
  kernel: 'Br40',
  chestScore: 60,
  ...part,
})

const CURRENT = seriesOf('current')
const idsOf = (all: ReturnType<typeof listComparisons>) => all.map(({ series }) => series[0].id)

it('offers the last earlier study of the patient, with its distance in days', () => {
  const compared = listComparisons(CURRENT, [
    CURRENT,
    seriesOf('old', { studyUid: '1.2', studyDate: '20200101' }),
    seriesOf('last', { studyUid: '1.3', studyDate: '20240312' }),
    seriesOf('later', { studyUid: '1.4', studyDate: '20250101' }),
  ])
  expect(idsOf(compared)).toEqual(['last', 'old', 'later'])
  expect(toPrior(compared)).toMatchObject({ kinship: 'same', order: 'earlier', days: 214, date: '20240312' })
})

it('never offers as a prior what is not known to be of the patient, but lists it to be chosen', () => {
  const other = { studyUid: '1.9', studyDate: '20240312' }
  const compared = listComparisons(CURRENT, [
    seriesOf('other ID', { ...other, patientId: 'P-18' }),
    seriesOf('other birth date', { ...other, studyUid: '1.8', birthDate: '19600505' }),
    seriesOf('no ID', { ...other, studyUid: '1.7', patientId: null }),
    { ...seriesOf('no headers'), identity: null },
  ])
  expect(toPrior(compared)).toBeNull()
  expect(compared.map(({ series, kinship }) => [series[0].id, kinship])).toEqual([
    ['no ID', 'unknown'],
    ['no headers', 'unknown'],
    ['other ID', 'other'],
    ['other birth date', 'other'],
  ])
})

it('gives nothing as prior to a study without Patient ID, whatever lies beside it', () => {
  const nameless = seriesOf('current', { patientId: null })
  expect(
    toPrior(listComparisons(nameless, [seriesOf('last', { studyUid: '1.3', studyDate: '20240312', patientId: null })])),
  ).toBeNull()
})

it('a series of the same study is no prior', () => {
  expect(listComparisons(CURRENT, [seriesOf('soft', { seriesUid: '9' }, { kernel: 'Bl64' })])).toEqual([])
})

it('takes like with like of the series of a prior', () => {
  const prior = { studyUid: '1.3', studyDate: '20240312' }
  const [{ series }] = listComparisons(CURRENT, [
    seriesOf('thick', prior, { spacingMm: [0.7, 0.7, 5] }),
    seriesOf('sharp', prior, { kernel: 'Bl64' }),
    seriesOf('alike', prior, { spacingMm: [0.75, 0.75, 1] }),
  ])
  expect(series.map(({ id }) => id)).toEqual(['alike', 'sharp', 'thick'])
})

it('orders studies of one day by their time, and says where none is told', () => {
  const at = (studyTime: string | null, studyDate: string | null = '20241012') => ({ studyDate, studyTime })
  expect(toOrder(at('0915'), at('101500.5'))).toBe('earlier')
  expect(toOrder(at('120000'), at('101500'))).toBe('later')
  expect([toOrder(at(null), at('101500')), toOrder(at('1015', null), at('1015'))]).toEqual(['undated', 'undated'])
  expect(toDaysBetween(at(null, '20240228'), at(null, '20240301'))).toBe(2)
  expect(toDaysBetween(at(null, '20240231'), at(null, '20240301'))).toBeNull()
})

const listed = (one: Comparable) => one as unknown as SeriesSummary
const orderOf = (all: readonly Comparable[]) => toReadingOrder(all.map(listed)).map(({ id }) => id)

it('reads the newest study of the best series’ patient first, and no other patient’s', () => {
  const old = seriesOf('old', { studyUid: '1.2', studyDate: '20200101' }, { chestScore: 80 })
  const next = seriesOf('new', { studyUid: '1.3' }, { chestScore: 60 })
  const scout = seriesOf('scout', { studyUid: '1.5', studyDate: '20260101' }, { chestScore: 5 })
  const stranger = seriesOf('stranger', { studyUid: '1.6', studyDate: '20260101', patientId: 'P-9' })
  expect(orderOf([old, next, stranger, scout])).toEqual(['new', 'old', 'stranger', 'scout'])
  expect(orderOf([stranger, old])).toEqual(['stranger', 'old'])
})
