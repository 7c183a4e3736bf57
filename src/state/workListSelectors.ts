import {
  type Examination,
  type ReadSeries,
  toExaminations,
  toWorkList,
  type WorkEntry,
} from '../domain/study/workList.ts'
import type { AppState, KnownStudy } from './appState.ts'
import { selectReportStatus } from './reportSelectors.ts'

let examinations: { readonly drops: AppState['desk']['drops']; readonly all: readonly Examination[] } | null = null

function selectExaminations({ desk: { drops } }: AppState): readonly Examination[] {
  if (examinations?.drops !== drops) examinations = { drops, all: toExaminations(drops) }
  return examinations.all
}

/** What is listed under the studies of this visit; the rest waits from earlier ones. */
const isOfDrops = (state: AppState, seriesId: string | null): boolean =>
  seriesId !== null && selectExaminations(state).some(({ series }) => series.some(({ id }) => id === seriesId))

/** Series that were read in this visit, and those of its drops that were read in an earlier one. */
function toRead(state: AppState): ReadSeries[] {
  const { studies, desk } = state
  const isKnown = (id: string) => id === desk.readId || desk.known.some((one) => one.id === id)
  const open = Object.values(studies).filter(({ study }) => isKnown(study.id))
  const kept = desk.known.filter(({ id, seriesId }) => !studies[id] && isOfDrops(state, seriesId))
  return [
    ...open.map((one) => ({
      studyId: one.study.id,
      seriesId: one.study.seriesId,
      status: selectReportStatus(one),
    })),
    ...kept.map(({ id, seriesId, reportStatus }) => ({ studyId: id, seriesId, status: reportStatus })),
  ]
}

const NOTHING: readonly WorkEntry[] = []
let last: { readonly of: readonly unknown[]; readonly list: readonly WorkEntry[] } = { of: [], list: NOTHING }

/** The work list of this visit; the same array as long as nothing of it is other. */
export function selectWorkList(state: AppState): readonly WorkEntry[] {
  const read = toRead(state)
  const all = selectExaminations(state)
  const of = [all, ...read.flatMap(({ studyId, seriesId, status }) => [studyId, seriesId, status])]
  if (of.length !== last.of.length || of.some((one, n) => one !== last.of[n])) {
    last = { of, list: toWorkList(all, read) }
  }
  return last.list
}

/** The entry of the study that is read. */
export const selectReadEntryId = (state: AppState): string | null =>
  selectWorkList(state).find(({ read }) => read.some(({ studyId }) => studyId === state.desk.readId))?.id ?? null

let waiting: { readonly of: readonly unknown[]; readonly list: readonly KnownStudy[] } = { of: [], list: [] }

/** Studies of earlier visits of which something is kept, and that are not in the work list. */
export function selectWaiting(state: AppState): readonly KnownStudy[] {
  const { known, drops } = state.desk
  const open = Object.keys(state.studies).join(' ')
  const of = [known, drops, open]
  if (of.some((one, n) => one !== waiting.of[n])) {
    waiting = { of, list: known.filter(({ id, seriesId }) => !state.studies[id] && !isOfDrops(state, seriesId)) }
  }
  return waiting.list
}
