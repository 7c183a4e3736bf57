import type { StudyRole } from '../domain/layout/layout.ts'
import { type Comparable, type ComparedStudy, listComparisons, toPrior } from '../domain/study/comparisons.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { AppState } from './appState.ts'

/* What could lie beside the study being read. */

const fromSeries = (series: SeriesSummary): Comparable => series

const fromStudy = ({ id, seriesId, title, format, identity, spacingMm, size }: OpenStudy): Comparable => {
  const own = { id: seriesId ?? id, title, format, identity, spacingMm, sliceCount: size[2] }
  return { ...own, kernel: null, chestScore: 0 }
}

/** Series that were dropped in this visit, as they were dropped last, and open studies that came from elsewhere. */
function toAtHand(drops: AppState['desk']['drops'], studies: readonly OpenStudy[]): Comparable[] {
  const listed = drops.flat().filter(({ chestScore, labels }) => chestScore > 0 && !labels)
  return [...new Map([...studies.map(fromStudy), ...listed.map(fromSeries)].map((one) => [one.id, one])).values()]
}

/** A case of a library that lies beside for itself is no study of this visit. */
const toOpen = ({ studies, desk }: AppState): OpenStudy[] =>
  Object.values(studies)
    .map(({ study }) => study)
    .filter(({ id }) => id !== desk.comparisonId || desk.comparisonCaseId === null)

interface Answer {
  readonly of: readonly unknown[]
  readonly compared: readonly ComparedStudy[]
}

const NOTHING: readonly ComparedStudy[] = []
let last: Answer = { of: [], compared: NOTHING }

/** The studies that could lie beside the one being read, those of its patient first; the same array for the same studies. */
export function selectComparisons(state: AppState): readonly ComparedStudy[] {
  const { drops, readId } = state.desk
  const read = readId === null ? undefined : state.studies[readId]?.study
  if (!read) return NOTHING
  const open = toOpen(state)
  const of = [drops, read, ...open]
  if (of.length !== last.of.length || of.some((one, n) => one !== last.of[n])) {
    const atHand = toAtHand(drops, open)
    const own = atHand.find(({ id }) => id === (read.seriesId ?? read.id)) ?? fromStudy(read)
    last = { of, compared: listComparisons(own, atHand) }
  }
  return last.compared
}

/** The last earlier study that is known to be of the patient. */
export const selectPrior = (state: AppState): ComparedStudy | null => toPrior(selectComparisons(state))

/** What the study in a pane is called in a sentence. */
export function selectRoleName({ desk }: AppState, role: StudyRole): string {
  if (role === 'current') return 'this CT'
  if (!desk.prior && (desk.comparisonCaseId ?? desk.openingCaseId) !== null) return 'the similar case'
  return desk.prior?.kinship === 'same' ? 'the prior' : 'the study beside'
}
