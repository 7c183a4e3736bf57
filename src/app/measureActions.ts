import { toProblem } from '../base/result.ts'
import type { Actions } from '../commands/actions.ts'
import type { Reading } from '../flows/reading.ts'
import type { AppStore } from '../state/store.ts'

export type MeasureActions = Pick<
  Actions,
  | 'takeMeasure'
  | 'showMeasure'
  | 'renameMeasure'
  | 'recolorMeasure'
  | 'removeMeasure'
  | 'tieMeasure'
  | 'nextMeasureHandle'
  | 'nudgeMeasure'
  | 'copyMeasures'
  | 'saveReport'
  | 'showReported'
  | 'showReportedImage'
  | 'takeReported'
  | 'closeReport'
>

const NOT_COPIED = {
  code: 'not-copied',
  message: 'The browser did not let the measures be copied.',
  nextStep: 'Allow this page to use the clipboard, or export the reading instead.',
}

/** What a person does with measures. */
export const createMeasureActions = ({
  store,
  reading: { measures, keyImages, nodules, reports },
  download,
  version,
}: {
  readonly store: AppStore
  readonly reading: Reading
  download(fileName: string, content: Blob): void
  readonly version: string
}): MeasureActions => ({
  takeMeasure(act) {
    if (act.kind === 'drawn') measures.draw(act.shape)
    else if (act.kind === 'clicked') void nodules.measure(act.pointLpsMm)
    else if (act.kind === 'changed') measures.reshape(act.id, act.points)
    else measures.select(act.id)
  },
  showMeasure: (id) => measures.jump(id),
  renameMeasure: (id, label) => measures.rename(id, label),
  recolorMeasure: (id) => measures.recolor(id),
  removeMeasure: (id) => measures.remove(id),
  tieMeasure: (id, tie) => measures.tie(id, tie),
  nextMeasureHandle: () => measures.nextHandle(),
  nudgeMeasure: (rightMm, upMm) => measures.nudge(rightMm, upMm),
  copyMeasures() {
    const text = [measures.toText(), keyImages.toText()].filter(Boolean).join('\n')
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))
    void copied.catch(() => store.notify(NOT_COPIED, 'warning'))
  },
  saveReport() {
    void measures
      .toReport(version)
      .then((written) => {
        if (written?.ok)
          download(written.value.fileName, new Blob([written.value.bytes], { type: 'application/dicom' }))
        else if (written) store.notify(written.problem, 'warning')
      })
      .catch((thrown: unknown) => store.notify(toProblem(thrown, 'report-not-written'), 'error'))
  },
  showReported: (groupId) => reports.jump(groupId),
  showReportedImage: (imageId) => reports.showImage(imageId),
  takeReported: (id) => reports.takeOver(id),
  closeReport: (reportId) => reports.close(reportId),
})
