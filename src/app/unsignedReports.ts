import type { Told } from '../base/result.ts'
import { isUnsigned } from '../domain/dictatedReport/reportStatus.ts'
import { toReportText } from '../domain/dictatedReport/reportText.ts'
import { toStudyName } from '../domain/study/seriesName.ts'
import type { AppState, StudyState } from '../state/appState.ts'
import { selectReport, selectReportStatus } from '../state/reportSelectors.ts'
import { selectAreWordsComing } from '../state/selectors.ts'
import type { AppStore } from '../state/store.ts'
import { selectWorkList } from '../state/workListSelectors.ts'

const CODE = 'left-unsigned'

function toTold({ study, ...rest }: StudyState, isIdentityShown: boolean): Told {
  const count = selectReport(rest).length
  const name = toStudyName(study, isIdentityShown)
  const isAmended = selectReportStatus(rest) === 'amended'
  const slots = { study: study.id }
  return {
    code: CODE,
    message: isAmended
      ? `The report of “${name}” was changed after it was signed.`
      : `The report of “${name}” is not signed: ${count} ${count === 1 ? 'sentence' : 'sentences'}.`,
    nextStep: 'It is kept as it stands; the work list marks it.',
    choices: [
      { title: 'Go back', command: 'studies.reopen', slots },
      { title: isAmended ? 'Sign again' : 'Sign', command: 'report.signLeft', slots },
    ],
  }
}

/** Series that are read as one examination with the study. */
const toExamination = (state: AppState, studyId: string): readonly string[] =>
  selectWorkList(state)
    .find(({ read }) => read.some((one) => one.studyId === studyId))
    ?.read.map((one) => one.studyId) ?? [studyId]

/**
 * A report that is left with words and without a signature is told of once, and again only when it has changed since: on a change of
 * study by a notice that goes by itself, before the tab closes by the browser's own question.
 */
export class UnsignedReports {
  /** Of studies that were read and are not any more. */
  readonly #left = new Set<string>()
  /** What stood in a report when it was told of. */
  readonly #toldOf = new Map<string, string>()

  constructor(private readonly store: AppStore) {
    store.subscribe((state, before) => {
      const hasMoved = state.desk.readId !== before.desk.readId
      if (hasMoved) this.#move(state, before)
      if (hasMoved || state.studies !== before.studies) this.#look(state)
    })
  }

  /** The tab may close without a word; otherwise the reports that stand against it count as told of. */
  mayClose(): boolean {
    const state = this.store.get()
    if (!state.view.isUnsignedTold) return true
    const untold = Object.values(state.studies).filter((study) => this.#isUntold(study))
    for (const study of untold) this.#note(study)
    return untold.length === 0
  }

  #move(state: AppState, before: AppState): void {
    const now = state.desk.readId === null ? [] : toExamination(state, state.desk.readId)
    const former = before.desk.readId === null ? [] : toExamination(state, before.desk.readId)
    for (const id of former) this.#left.add(id)
    for (const id of now) this.#left.delete(id)
  }

  /** Words of a study that was left in mid-sentence come late: until they are there nothing is told. */
  #look(state: AppState): void {
    if (!state.view.isUnsignedTold) return
    for (const id of this.#left) {
      const study = state.studies[id]
      if (!study || selectAreWordsComing(state, study) || !this.#isUntold(study)) continue
      this.#note(study)
      for (const notice of state.notices) if (notice.told.code === CODE) this.store.dismissNotice(notice.id)
      this.store.notify(toTold(study, state.view.isIdentityShown), 'info')
    }
  }

  #isUntold(study: StudyState): boolean {
    const text = () => toReportText(selectReport(study))
    return isUnsigned(selectReportStatus(study)) && this.#toldOf.get(study.study.id) !== text()
  }

  #note(study: StudyState): void {
    this.#toldOf.set(study.study.id, toReportText(selectReport(study)))
  }
}
