import { expect, it } from 'vitest'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { NO_PLACE, type Statement } from '../domain/statements/statement.ts'
import { Desk } from '../session/desk.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { selectAlerts } from '../state/reportSelectors.ts'
import { createAppStore } from '../state/store.ts'
import { DictatedReport } from './dictatedReport.ts'
import { History } from './history.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { NO_OWN } from './noOwn.fixture.ts'
import { studyOf, volumeOf } from './oneStudy.fixture.ts'
import { SafetyNet } from './safetyNet.ts'

const stated = (status: Statement['status']): Statement => ({
  findingId: 'pleural_effusion',
  status,
  place: NO_PLACE,
  sizeMm: null,
  span: null,
  words: 'effusion',
  readings: { embedding: null, transcript: status },
  margin: null,
  isSet: false,
})

const item = (id: string, transcript: string, status: Statement['status']) =>
  ({ id, transcript, phase: 'ready', edits: NO_EDITS, statements: [stated(status)] }) as unknown as UtteranceItem

it('lists contradictions of the words without a scan, says why, and an answered one does not come back until the answer is taken back', async () => {
  const store = createAppStore()
  const desk = new Desk({
    screen: store,
    records: store,
    volumes: { put() {}, get: () => volumeOf('a'), has: () => true, hold() {} },
  })
  const history = new History(store, desk)
  const report = new DictatedReport(
    { screen: store, archive: NO_ARCHIVE, reportTable: () => NO_OWN, hashPatient: String },
    desk,
    history,
  )
  const net = new SafetyNet({ screen: store, ctEngine: {} as never }, desk)
  const study = desk.take(studyOf('a'), volumeOf('a'))
  desk.makeRead(study)
  await report.restore(study)
  study.show('dictation', {
    utterances: [item('u0', 'Small pleural effusion.', 'present'), item('u1', 'No pleural effusion.', 'absent')],
  })
  await net.check()
  const [alert] = selectAlerts(study.state)
  expect(alert).toMatchObject({ kind: 'contradiction', about: 'presence', findingId: 'pleural_effusion' })
  expect(study.state.report.net?.note).toMatch(/only the words/)
  report.answer(alert.id, 'rejected', ' old one drained ')
  expect(selectAlerts(study.state)).toEqual([])
  expect(study.state.report.entries).toMatchObject([{ kind: 'answer', answer: 'rejected', reason: 'old one drained' }])
  await net.check()
  expect(selectAlerts(study.state)).toEqual([])
  history.undo()
  await net.check()
  expect(selectAlerts(study.state)).toHaveLength(1)
})

it('a finding that was seen and taken comes in as a sentence marked so', async () => {
  const store = createAppStore()
  const desk = new Desk({
    screen: store,
    records: store,
    volumes: { put() {}, get: () => volumeOf('a'), has: () => true, hold() {} },
  })
  const report = new DictatedReport(
    { screen: store, archive: NO_ARCHIVE, reportTable: () => NO_OWN, hashPatient: String },
    desk,
    new History(store, desk),
  )
  const study = desk.take(studyOf('a'), volumeOf('a'))
  desk.makeRead(study)
  await report.restore(study)
  const heat = { peakLpsMm: [0, 0, 0], side: 'left', sideShare: 0.9, third: 'lower', height: 0.2 } as const
  const alert = {
    kind: 'unmentioned',
    id: 'x',
    worth: 1,
    findingId: 'pleural_effusion',
    probability: 0.93,
    heat,
  } as const
  study.show('report', { net: { phase: 'ready', alerts: [alert], note: null, of: [] } })
  report.answer('x', 'accepted')
  expect(study.report).toMatchObject([
    {
      section: 'pleura',
      text: 'Pleural effusion, left, lower third.',
      origin: { by: 'accepted', findingId: 'pleural_effusion', probability: 0.93, place: 'left, lower third' },
    },
  ])
  expect(selectAlerts(study.state)).toEqual([])
})
