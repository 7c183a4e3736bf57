import { type Told, toProblem } from '../base/result.ts'
import type { ReportActions } from '../commands/reportActions.ts'
import { findTemplate } from '../domain/dictatedReport/reportTemplates.ts'
import { toReportHtml, toReportText } from '../domain/dictatedReport/reportText.ts'
import type { WordAlert } from '../domain/safety/alert.ts'
import type { Reading } from '../flows/reading.ts'
import { selectAlerts, selectReport, selectReportStatus } from '../state/reportSelectors.ts'
import { selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'
import { createSentenceActions } from './sentenceActions.ts'

const NOT_COPIED: Told = {
  code: 'report-not-copied',
  message: 'The report was not copied: the browser forbids the clipboard.',
  nextStep: 'Allow this page to use the clipboard, or mark the text of the report and copy it by hand.',
}

const COPIED: Told = {
  code: 'report-copied',
  message: 'The report is on the clipboard, as plain and as formatted text.',
  nextStep: 'It names no patient.',
}

const toBlob = (type: string, text: string) => new Blob([text], { type })

/** Plain and formatted at once, so that the program that it goes to takes what it can. */
const writeClipboard = (text: string, html: string): Promise<void> =>
  navigator.clipboard?.write([
    new ClipboardItem({ 'text/plain': toBlob('text/plain', text), 'text/html': toBlob('text/html', html) }),
  ]) ?? Promise.reject(new Error('no clipboard'))

/** The later of what does not fit one another. */
const toUtteranceId = (alert: WordAlert): string => {
  if (alert.about === 'place') return alert.utteranceId
  return alert.about === 'sex' ? (alert.words.at(-1)?.utteranceId ?? '') : alert.mentions[1].utteranceId
}

const toSaved = (fileName: string, isSigned: boolean): Told => ({
  code: 'report-saved',
  message: `The report is saved as ${fileName}, ${isSigned ? 'complete and signed' : 'marked partial: it is not signed'}.`,
  nextStep: 'It names the patient, as the images do; dropped here again it is read with its study.',
})

interface ReportActionDeps {
  readonly store: AppStore
  readonly reading: Reading
  /** Of the app, for what it writes. */
  readonly version: string
  download(fileName: string, content: Blob): void
}

/** What a person does with the report of the study being read. */
export const createReportActions = ({ store, reading, version, download }: ReportActionDeps): ReportActions => ({
  showRight: (panel) => store.view.showRight(panel),
  ...createSentenceActions(store, reading),
  insertTemplate(name) {
    const template = findTemplate(name)
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
  copyReport() {
    const sentences = selectReport(selectRead(store.get()))
    void writeClipboard(toReportText(sentences), toReportHtml(sentences)).then(
      () => store.notify(COPIED, 'info'),
      () => store.notify(NOT_COPIED, 'warning'),
    )
  },
  saveDictatedReport() {
    void reading.report
      .toDicom(reading.keyImages.all, version)
      .then((written) => {
        if (!written) return
        if (!written.ok) return store.notify(written.problem, 'warning')
        const { fileName, bytes } = written.value
        download(fileName, new Blob([bytes], { type: 'application/dicom' }))
        store.notify(toSaved(fileName, selectReportStatus(selectRead(store.get())) === 'signed'), 'info')
      })
      .catch((thrown: unknown) => store.notify(toProblem(thrown, 'report-not-written'), 'error'))
  },
})
