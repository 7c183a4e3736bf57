import type { StudyActions } from '../commands/studyActions.ts'
import type { Reading } from '../flows/reading.ts'
import type { AppStore } from '../state/store.ts'
import { selectWorkList } from '../state/workListSelectors.ts'

interface StudyActionsDeps {
  readonly store: AppStore
  readonly reading: Reading
  readonly demoSeed: number
}

/** What a person does with studies: opens, changes, forgets them. */
export const createStudyActions = ({ store, reading, demoSeed }: StudyActionsDeps): StudyActions => ({
  openFiles: (files, recordings) => void reading.openFiles(files, recordings),
  chooseSeries: (seriesId) => void reading.studies.chooseSeries(seriesId),
  flickSeries: () => void reading.flick.next(),
  openDemo: () => void reading.studies.openPhantom(demoSeed),
  reopenStudy: (studyId) => void reading.studies.reopen(studyId),
  openWork(entryId) {
    const entry = selectWorkList(store.get()).find(({ id }) => id === entryId)
    const open = entry?.read.find(({ studyId }) => store.getStudy(studyId))
    if (open) void reading.studies.reopen(open.studyId)
    else if (entry?.series[0]) void reading.studies.chooseSeries(entry.read[0]?.seriesId ?? entry.series[0].id)
  },
  forgetStudy: (studyId) => void reading.studies.forget(studyId),
  cancelWork: () => reading.cancel(),
  encodeAgain: () => void reading.encodeAgain(),
})
