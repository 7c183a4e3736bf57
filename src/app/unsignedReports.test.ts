import { beforeEach, expect, it } from 'vitest'
import type { ReportEntry } from '../domain/dictatedReport/reportEntry.ts'
import { toSignatureId } from '../domain/dictatedReport/reportEntry.ts'
import { toReportText } from '../domain/dictatedReport/reportText.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { KnownStudy, UtteranceItem } from '../state/appState.ts'
import { selectReport } from '../state/reportSelectors.ts'
import { type AppStore, createAppStore } from '../state/store.ts'
import { NEW_STUDY } from '../state/studyState.ts'
import { UnsignedReports } from './unsignedReports.ts'

const listed = (id: string, studyUid: string) =>
  ({ id, chestScore: 10, identity: { studyUid, patientId: studyUid, birthDate: null } }) as unknown as SeriesSummary

let store: AppStore
let unsigned: UnsignedReports
beforeEach(() => {
  store = createAppStore()
  unsigned = new UnsignedReports(store)
  store.patch('desk', {
    drops: [[listed('a-soft', 'A'), listed('a-lung', 'A'), listed('b', 'B')]],
    known: ['a-soft', 'a-lung', 'b'].map((id) => ({ id, seriesId: id, reportStatus: 'unread' }) as KnownStudy),
  })
  for (const id of ['a-soft', 'a-lung', 'b']) put(id)
})

const typed = (text: string): ReportEntry => ({
  ...{ id: text, studyId: 'a', createdAtMs: 1, kind: 'written', section: 'lungs', text, from: text },
  ...{ origin: { by: 'typed' }, afterUtteranceId: null },
})

const put = (id: string, entries: readonly ReportEntry[] = [], utterances: readonly UtteranceItem[] = []) =>
  store.putStudy(id, {
    ...NEW_STUDY,
    study: { id, seriesId: id, title: `Series ${id}`, format: 'dicom', identity: null } as never,
    report: { ...NEW_STUDY.report, entries },
    dictation: { ...NEW_STUDY.dictation, utterances },
  })

const sign = (id: string) => {
  const study = store.getStudy(id)
  if (!study) throw new Error('no study')
  const text = toReportText(selectReport(study))
  put(id, [
    ...study.report.entries,
    { id: toSignatureId(id), studyId: id, createdAtMs: 2, kind: 'signed', text, of: null },
  ])
}
const read = (readId: string) => store.patch('desk', { readId })
const told = () => store.get().notices.map((notice) => notice.told)

it('tells of a report that is left without a signature, with the way back and to sign, and once', () => {
  read('a-soft')
  put('a-soft', [typed('Clear.')])
  expect(told()).toEqual([])
  read('b')
  expect(told()).toHaveLength(1)
  expect(told()[0]).toMatchObject({
    code: 'left-unsigned',
    message: 'The report of “Series a-soft” is not signed: 1 sentence.',
    choices: [
      { command: 'studies.reopen', slots: { study: 'a-soft' } },
      { command: 'report.signLeft', slots: { study: 'a-soft' } },
    ],
  })
  store.dismissNotice(store.get().notices[0].id)
  read('a-soft')
  read('b')
  expect(told()).toEqual([])
  read('a-soft')
  put('a-soft', [typed('Clear.'), typed('Small.')])
  read('b')
  expect(told().map(({ message }) => message)).toEqual(['The report of “Series a-soft” is not signed: 2 sentences.'])
})

it('says nothing of a report that is empty or signed, and tells of one that was changed since', () => {
  read('a-soft')
  read('b')
  put('b', [typed('Clear.')])
  sign('b')
  read('a-soft')
  expect(told()).toEqual([])
  read('b')
  put('b', [typed('Other.'), ...(store.getStudy('b')?.report.entries.filter(({ kind }) => kind === 'signed') ?? [])])
  read('a-soft')
  expect(told()[0].message).toBe('The report of “Series b” was changed after it was signed.')
})

it('another kernel of the same scan leaves nothing; the next patient does', () => {
  read('a-soft')
  put('a-soft', [typed('Clear.')])
  read('a-lung')
  expect(told()).toEqual([])
  read('b')
  expect(told()).toHaveLength(1)
})

it('waits for words that were being said on the change of study', () => {
  const said = (phase: UtteranceItem['phase'], transcript: string | null) =>
    ({ id: 'u', phase, transcript, statements: [], edits: { text: null, statuses: [] } }) as unknown as UtteranceItem
  store.patch('model', { transcriberPhase: 'ready' })
  read('a-soft')
  put('a-soft', [], [said('encoding', null)])
  read('b')
  put('a-soft', [], [said('ready', null)])
  expect(told()).toEqual([])
  put('a-soft', [], [said('ready', 'No effusion.')])
  expect(told()).toHaveLength(1)
})

it('the tab may not close over a report that was not told of, and asks for each of them once', () => {
  expect(unsigned.mayClose()).toBe(true)
  read('a-soft')
  put('a-soft', [typed('Clear.')])
  expect([unsigned.mayClose(), unsigned.mayClose()]).toEqual([false, true])
  put('a-soft', [typed('Other.')])
  read('b')
  expect(told()).toHaveLength(1)
  expect(unsigned.mayClose()).toBe(true)
  put('b', [typed('Clear.')])
  sign('b')
  expect(unsigned.mayClose()).toBe(true)
})

it('says nothing where a person has said so', () => {
  store.patch('view', { isUnsignedTold: false })
  read('a-soft')
  put('a-soft', [typed('Clear.')])
  read('b')
  expect([told(), unsigned.mayClose()]).toEqual([[], true])
})
