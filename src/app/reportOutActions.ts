import { type Told, toProblem } from '../base/result.ts'
import type { ReportActions } from '../commands/reportActions.ts'
import { toReportHtml, toReportText } from '../domain/dictatedReport/reportText.ts'
import { toKeyTitle } from '../domain/keyImage/keyImage.ts'
import type { Reading } from '../flows/reading.ts'
import { selectReport, selectReportStatus } from '../state/reportSelectors.ts'
import { selectRead } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'
import { captionSeen } from './paneShot.ts'

export type ReportOutActions = Pick<ReportActions, 'copyReport' | 'saveDictatedReport' | 'drawKeyImages'>

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

const toSaved = (fileName: string, isSigned: boolean): Told => ({
  code: 'report-saved',
  message: `The report is saved as ${fileName}, ${isSigned ? 'complete and signed' : 'marked partial: it is not signed'}.`,
  nextStep: 'It names the patient, as the images do; dropped here again it is read with its study.',
})

interface ReportOutDeps {
  readonly store: AppStore
  readonly reading: Reading
  /** Of the app, for what it writes. */
  readonly version: string
  download(fileName: string, content: Blob): void
}

/** Ways in which the report leaves the app: to the clipboard, as a DICOM file, to paper. */
export const createReportOutActions = ({
  store,
  reading: { report, keyImages },
  version,
  download,
}: ReportOutDeps): ReportOutActions => ({
  copyReport() {
    const sentences = selectReport(selectRead(store.get()))
    void writeClipboard(toReportText(sentences), toReportHtml(sentences)).then(
      () => store.notify(COPIED, 'info'),
      () => store.notify(NOT_COPIED, 'warning'),
    )
  },
  saveDictatedReport() {
    void report
      .toDicom(keyImages.all, version)
      .then((written) => {
        if (!written) return
        if (!written.ok) return store.notify(written.problem, 'warning')
        const { fileName, bytes } = written.value
        download(fileName, new Blob([bytes], { type: 'application/dicom' }))
        store.notify(toSaved(fileName, selectReportStatus(selectRead(store.get())) === 'signed'), 'info')
      })
      .catch((thrown: unknown) => store.notify(toProblem(thrown, 'report-not-written'), 'error'))
  },
  async drawKeyImages() {
    const { items } = selectRead(store.get()).keyImages
    const drawn = keyImages.all.map(async (image) => {
      const slice = items.find(({ id }) => id === image.id)?.slice ?? null
      if (!image.picture) return []
      const png = await captionSeen(image.picture, image, slice, null)
      return [{ id: image.id, title: toKeyTitle(image, slice), note: image.note, png }]
    })
    return (await Promise.all(drawn)).flat()
  },
})
