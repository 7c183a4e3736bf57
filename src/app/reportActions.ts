import type { ReportActions } from '../commands/reportActions.ts'
import { DEFAULT_TEMPLATE } from '../domain/dictatedReport/reportTemplates.ts'
import type { WordAlert } from '../domain/safety/alert.ts'
import type { Reading } from '../flows/reading.ts'
import { selectAlerts } from '../state/reportSelectors.ts'
import { selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'
import { selectDefaultTemplate, selectTemplates } from '../state/templateSelectors.ts'
import type { ReportOutActions } from './reportOutActions.ts'
import { createSentenceActions } from './sentenceActions.ts'

/** The later of what does not fit one another. */
const toUtteranceId = (alert: WordAlert): string => {
  if (alert.about === 'place') return alert.utteranceId
  return alert.about === 'sex' ? (alert.words.at(-1)?.utteranceId ?? '') : alert.mentions[1].utteranceId
}

/** What a person does with the report of the study being read. */
export const createReportActions = ({
  store,
  reading,
}: {
  readonly store: AppStore
  readonly reading: Reading
}): Omit<ReportActions, keyof ReportOutActions> => ({
  showRight: (panel) => store.view.showRight(panel),
  ...createSentenceActions(store, reading),
  insertTemplate(name) {
    const state = store.get()
    const template =
      name === DEFAULT_TEMPLATE ? selectDefaultTemplate(state) : selectTemplates(state).find((one) => one.name === name)
    if (template) reading.report.insert(template)
    store.view.showRight('report')
  },
  insertMeasure(id) {
    reading.report.insertMeasure(id)
    store.view.showRight('report')
  },
  checkReport() {
    store.view.showRight('report')
    void reading.safety.check()
  },
  answerAlert: (alertId, answer, reason) => reading.report.answer(alertId, answer, reason),
  showAlert(alertId) {
    const alert = selectAlerts(selectRead(store.get())).find(({ id }) => id === alertId)
    if (!alert) return
    if (alert.kind !== 'contradiction') void reading.questions.select({ kind: 'finding', findingId: alert.findingId })
    else void reading.questions.select({ kind: 'utterance', utteranceId: toUtteranceId(alert) })
  },
  setAlertBudget(alertBudget) {
    store.patch('view', { alertBudget })
    void reading.safety.check()
  },
  async signReport() {
    const { report: written, dictation } = selectRead(store.get())
    // What was said since is looked at first; what was shown and left open is signed over by the second press.
    if (written.net?.of !== dictation.utterances) {
      store.view.showRight('report')
      await reading.safety.check()
      if (selectAlerts(selectRead(store.get())).length > 0) return
    }
    reading.report.sign()
  },
  unsignReport: () => reading.report.unsign(),
  openEarlierReport(id) {
    reading.earlier.open(id)
    if (id !== null) store.view.showRight('report')
  },
})
