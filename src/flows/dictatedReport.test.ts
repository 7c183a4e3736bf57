import { beforeEach, expect, it } from 'vitest'
import { success } from '../base/result.ts'
import type { ReportEntry } from '../domain/dictatedReport/reportEntry.ts'
import { NORMAL_CHEST } from '../domain/dictatedReport/reportTemplates.ts'
import { writeSeries } from '../domain/report/seriesSample.fixture.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { openVolumeForTest } from '../domain/volume/testing/openForTest.ts'
import { Desk } from '../session/desk.ts'
import type { StudySession } from '../session/studySession.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { selectReportStatus } from '../state/reportSelectors.ts'
import { createAppStore } from '../state/store.ts'
import { parseReportRow, toReportRow } from '../storage/reportRow.ts'
import { DictatedReport } from './dictatedReport.ts'
import { toExportedReport } from './exportReport.ts'
import { History } from './history.ts'
import { Measures } from './measures.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { NO_OWN } from './noOwn.fixture.ts'
import { studyOf } from './oneStudy.fixture.ts'

const { volume } = await openVolumeForTest(writeSeries())

let rows: Map<string, unknown>
let noted: { id: string; title: string }[]
beforeEach(() => {
  rows = new Map()
  noted = []
})

async function openApp(id = 'study-a') {
  const store = createAppStore()
  const shelf = { put() {}, get: () => volume, has: () => true, hold() {} }
  const desk = new Desk({ screen: store, records: store, volumes: shelf })
  const history = new History(store, desk)
  const archive = { ...NO_ARCHIVE, note: async (study: { id: string; title: string }) => void noted.push(study) }
  // By the rows as they are written, so that what a reload brings back is what the schema lets through.
  const reportTable = () => ({
    list: async () => {
      const items = [...rows.values()].map(parseReportRow).filter((entry) => entry !== null)
      return success({ items, unreadableCount: rows.size - items.length })
    },
    put: async (entry: ReportEntry) => success(void rows.set(entry.id, toReportRow(entry))),
    remove: async (gone: string) => success(void rows.delete(gone)),
    watch: () => undefined,
  })
  const report = new DictatedReport({ screen: store, archive, reportTable, hashPatient: String }, desk, history)
  const viewer = { setCrosshair: () => undefined } as never
  const measures = new Measures({ screen: store, viewer, archive, measureTable: () => NO_OWN }, desk, history)
  const study = desk.take(studyOf(id), volume)
  desk.makeRead(study)
  await Promise.all([report.restore(study), measures.restore(study)])
  return { store, history, report, measures, study }
}

const say = (study: StudySession, ...texts: string[]) =>
  study.show('dictation', {
    utterances: texts.map(
      (transcript, n) => ({ id: `u${n}`, transcript, edits: NO_EDITS, statements: [] }) as unknown as UtteranceItem,
    ),
  })

const textsOf = (study: StudySession) => study.report.map(({ text }) => text)

it('fills as one speaks; a changed sentence is kept, taken back, done again, and comes back with the study', async () => {
  const { study, report, history } = await openApp()
  say(study, 'no pleural effusion', 'nodule of five millimetres in the left lung')
  expect(textsOf(study)).toEqual(['Nodule of 5 mm in the left lung.', 'No pleural effusion.'])
  const { id } = study.report[0]
  report.rewrite(id, ' Nodule of 6 mm in the left lung. ')
  expect(study.report[0]).toMatchObject({
    text: 'Nodule of 6 mm in the left lung.',
    original: 'Nodule of 5 mm in the left lung.',
  })
  history.undo()
  expect(study.report[0].text).toBe('Nodule of 5 mm in the left lung.')
  history.redo()
  report.move(id, 'impression')
  const later = await openApp()
  say(later.study, 'no pleural effusion', 'nodule of five millimetres in the left lung')
  expect(later.study.report.map(({ section, text }) => [section, text])).toEqual([
    ['pleura', 'No pleural effusion.'],
    ['impression', 'Nodule of 6 mm in the left lung.'],
  ])
  later.report.rewrite(id, null)
  expect(later.study.report.at(-1)).toMatchObject({ text: 'Nodule of 5 mm in the left lung.', original: null })
})

it('removes what was said from the report alone, and what was typed wholly', async () => {
  const { study, report, history } = await openApp()
  say(study, 'no pleural effusion')
  report.type('impression', ' Normal. ')
  report.type('impression', '  ')
  for (const { id } of study.report) report.remove(id)
  expect(textsOf(study)).toEqual([])
  expect(study.state.dictation.utterances).toHaveLength(1)
  history.undo()
  history.undo()
  expect(textsOf(study)).toEqual(['No pleural effusion.', 'Normal.'])
})

it('puts in a template as one change, once, and its own words can be changed and brought back', async () => {
  const { study, report, history } = await openApp()
  say(study, 'nodule in the left lung')
  report.insert(NORMAL_CHEST)
  report.insert(NORMAL_CHEST)
  expect(textsOf(study).slice(0, 2)).toEqual([
    'Nodule in the left lung.',
    'There is no pleural effusion or pneumothorax.',
  ])
  const { id } = study.report[1]
  report.rewrite(id, 'No effusion.')
  expect(study.report[1]).toMatchObject({
    text: 'No effusion.',
    original: 'There is no pleural effusion or pneumothorax.',
  })
  report.rewrite(id, null)
  expect(study.report[1].original).toBeNull()
  for (const _ of [1, 2, 3]) history.undo()
  expect(textsOf(study)).toEqual(['Nodule in the left lung.'])
})

it('a sentence that says "measured" has the numbers of the measure meant, once, and after a reload', async () => {
  const { study, report, measures, history } = await openApp()
  const plane = { right: [1, 0, 0], up: [0, -1, 0] } as const
  say(study, 'nodule in the left lung, measured')
  report.bindMeasure(study, 'u0')
  expect(textsOf(study)).toEqual(['Nodule in the left lung, measured.'])
  const points = [
    [0, 0, 0],
    [3, 4, 0],
  ] as const
  measures.draw({ kind: 'length', plane, points })
  report.bindMeasure(study, 'u0')
  expect(textsOf(study)[0]).toMatch(/^Nodule in the left lung, measured 5\.0 mm \(axial \d+ \/ \d+\)\.$/)
  expect(toExportedReport(study)).toMatchObject({ sentences: [{ origin: 'said', utterance: 0, measure: 0 }] })
  history.undo()
  expect(textsOf(study)).toEqual(['Nodule in the left lung, measured.'])
  history.redo()
  const later = await openApp()
  say(later.study, 'nodule in the left lung, measured')
  expect(later.study.state.report.entries).toMatchObject([{ kind: 'bound', utteranceId: 'u0' }])
})

it('a measure comes in with its numbers and slice, and follows it', async () => {
  const { study, report, measures } = await openApp()
  say(study, 'nodule in the left lung')
  const plane = { right: [1, 0, 0], up: [0, -1, 0] } as const
  measures.draw({
    kind: 'length',
    plane,
    points: [
      [0, 0, 0],
      [3, 4, 0],
    ],
  })
  report.insertMeasure()
  const [, sentence] = study.report
  expect(sentence.text).toMatch(/^Length: 5\.0 mm \(axial \d+ \/ \d+\)\.$/)
  expect(sentence.section).toBe('lungs')
  const { id } = study.state.measures.items[0].measure
  measures.reshape(id, [
    [0, 0, 0],
    [6, 8, 0],
  ])
  expect(study.report[1].text).toContain('10.0 mm')
  measures.remove(id)
  expect(study.report[1]).toMatchObject({ isOutdated: true })
})

it('is signed as it stands; what changes afterwards is told until it is signed again', async () => {
  const { study, report, history } = await openApp()
  const status = () => selectReportStatus(study.state)
  report.sign()
  expect(status()).toBe('unread')
  say(study, 'no pleural effusion')
  expect(status()).toBe('dictated')
  report.sign()
  expect(status()).toBe('signed')
  say(study, 'no pleural effusion', 'small nodule in the lung')
  expect(status()).toBe('amended')
  report.sign()
  expect(status()).toBe('signed')
  history.undo()
  expect(status()).toBe('amended')
  expect(toExportedReport(study)).toMatchObject({
    isAsSigned: false,
    sentences: [
      { section: 'lungs', origin: 'said', utterance: 1, original: null },
      { section: 'pleura', text: 'No pleural effusion.', utterance: 0 },
    ],
  })
  report.unsign()
  expect(status()).toBe('dictated')
  expect(toExportedReport(study)).toMatchObject({ signedAt: null })
})

it('a study with nothing but a typed sentence is listed for reopening, and no longer once it is gone', async () => {
  const { study, report, history } = await openApp()
  report.type('impression', 'Normal.')
  expect(noted.at(-1)).toMatchObject({ id: study.id, title: 'study-a' })
  history.undo()
  expect(noted.at(-1)).toMatchObject({ id: study.id, title: '' })
})

it('what another version has kept stays where it is', async () => {
  rows.set('x', { id: 'x', studyId: 'study-a', kind: 'written', version: 2 })
  const { study } = await openApp()
  expect([study.state.report.unreadableCount, rows.size]).toEqual([1, 1])
})
