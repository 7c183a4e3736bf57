import { beforeEach, expect, it } from 'vitest'
import type { ReportEntry } from '../domain/dictatedReport/reportEntry.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { KnownStudy } from './appState.ts'
import { type AppStore, createAppStore } from './store.ts'
import { NEW_STUDY, type StudyState } from './studyState.ts'
import { selectReadEntryId, selectWaiting, selectWorkList } from './workListSelectors.ts'

const listed = (id: string) => ({ id, identity: null, chestScore: 10, title: id }) as SeriesSummary
const known = (id: string, part: Partial<KnownStudy> = {}): KnownStudy => ({
  id,
  title: id,
  subtitle: '',
  format: 'nifti',
  opensBy: 'here',
  utteranceCount: 0,
  measureCount: 0,
  keyImageCount: 0,
  seriesId: null,
  reportStatus: 'unread',
  ...part,
})

const open = (store: AppStore, id: string, seriesId: string | null, part: Partial<StudyState> = {}) =>
  store.putStudy(id, { ...NEW_STUDY, study: { id, seriesId, identity: null } as never, ...part })

const TYPED: ReportEntry = {
  id: 'a',
  studyId: 'study-a',
  createdAtMs: 1,
  kind: 'written',
  section: 'lungs',
  text: 'Clear.',
  from: 'Clear.',
  origin: { by: 'typed' },
  afterUtteranceId: null,
}

let store: AppStore
beforeEach(() => {
  store = createAppStore()
  store.patch('desk', { drops: [[listed('a'), listed('b')], [listed('c')]] })
})
const list = () => selectWorkList(store.get()).map(({ id, status }) => `${id} ${status}`)

it('has the state of the reports as they stand now, in an order that opening does not change', () => {
  expect(list()).toEqual(['a unread', 'b unread', 'c unread'])
  open(store, 'study-c', 'c')
  store.patch('desk', { known: [known('study-c')], readId: 'study-c' })
  open(store, 'study-a', 'a', { report: { ...NEW_STUDY.report, entries: [TYPED] } })
  store.patch('desk', { known: [known('study-a'), known('study-c')] })
  expect(list()).toEqual(['a dictated', 'b unread', 'c unread'])
  expect(selectReadEntryId(store.get())).toBe('c')
})

it('is the same array as long as nothing of it is other', () => {
  open(store, 'study-a', 'a')
  store.patch('desk', { readId: 'study-a' })
  const before = selectWorkList(store.get())
  store.patch('view', { heatOpacity: 0.2 })
  open(store, 'study-a', 'a', { heat: { kind: 'ct' } })
  expect(selectWorkList(store.get())).toBe(before)
})

it('leaves out a case that only lies beside', () => {
  open(store, 'phantom-7', null)
  store.patch('desk', { comparisonId: 'phantom-7' })
  expect(list()).toHaveLength(3)
})

it('after a reload, files that are dropped again have the state in which they were left; the rest waits', () => {
  const kept = [
    known('study-b', { opensBy: 'files', seriesId: 'b', reportStatus: 'signed' }),
    known('study-z', { opensBy: 'files', seriesId: 'z', reportStatus: 'amended' }),
  ]
  store.patch('desk', { known: kept })
  expect(list()).toEqual(['a unread', 'b signed', 'c unread'])
  expect(selectWaiting(store.get()).map(({ id }) => id)).toEqual(['study-z'])
  store.patch('desk', { drops: [] })
  expect(list()).toEqual([])
  expect(selectWaiting(store.get()).map(({ id }) => id)).toEqual(['study-b', 'study-z'])
})
