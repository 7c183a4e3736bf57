import type { Actions } from '../commands/actions.ts'
import type { Reading } from '../flows/reading.ts'

export type StudyActions = Pick<
  Actions,
  | 'openFiles'
  | 'chooseSeries'
  | 'flickSeries'
  | 'openDemo'
  | 'reopenStudy'
  | 'forgetStudy'
  | 'cancelWork'
  | 'encodeAgain'
>

interface StudyActionsDeps {
  readonly reading: Reading
  readonly demoSeed: number
}

/** What a person does with studies: opens, changes, forgets them. */
export const createStudyActions = ({ reading, demoSeed }: StudyActionsDeps): StudyActions => ({
  openFiles: (files, recordings) => void reading.openFiles(files, recordings),
  chooseSeries: (seriesId) => void reading.studies.chooseSeries(seriesId),
  flickSeries: () => void reading.flick.next(),
  openDemo: () => void reading.studies.openPhantom(demoSeed),
  reopenStudy: (studyId) => void reading.studies.reopen(studyId),
  forgetStudy: (studyId) => void reading.studies.forget(studyId),
  cancelWork: () => reading.cancel(),
  encodeAgain: () => void reading.encodeAgain(),
})
