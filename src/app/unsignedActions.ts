import type { Told } from '../base/result.ts'
import type { UnsignedActions } from '../commands/reportActions.ts'
import type { Reading } from '../flows/reading.ts'
import { selectAlerts } from '../state/reportSelectors.ts'
import type { AppStore } from '../state/store.ts'

const SIGNED: Told = {
  code: 'left-signed',
  message: 'The report of the study that was left is signed.',
  nextStep: 'The check found nothing to answer. Take the signature off in its report where it was too early.',
}

interface UnsignedActionsDeps {
  readonly store: AppStore
  readonly reading: Reading
}

/** What a person does with reports that were left without a signature. */
export const createUnsignedActions = ({ store, reading }: UnsignedActionsDeps): UnsignedActions => ({
  async signLeft(studyId) {
    const study = () => store.getStudy(studyId)
    if (study()?.report.net?.of !== study()?.dictation.utterances) await reading.safety.check(studyId)
    const looked = study()
    if (!looked) return
    if (looked.report.net?.phase === 'ready' && selectAlerts(looked).length === 0) {
      reading.report.sign(studyId)
      store.notify(SIGNED, 'info')
      return
    }
    // What is left to answer is shown where it can be seen.
    store.view.showRight('report')
    await reading.studies.reopen(studyId)
  },
  setUnsignedTold: (isUnsignedTold) => store.patch('view', { isUnsignedTold }),
})
