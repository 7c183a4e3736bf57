import { hasContent } from '../domain/findings/arrangement.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import type { StudyRole } from '../domain/layout/layout.ts'
import { isWriterComing } from '../domain/speech/transcription.ts'
import { onlySet } from '../domain/statements/edits.ts'
import type { Statement } from '../domain/statements/statement.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import type {
  AppState,
  FindingRow,
  LiveText,
  PackAddition,
  Progress,
  SimilarQuery,
  StudyState,
  UtteranceItem,
} from './appState.ts'
import { NEW_STUDY } from './studyState.ts'

/** What is shown of the study being read; while there is none, nothing seen, said or asked. */
export type ReadStudy = Omit<StudyState, 'study'> & { readonly study: OpenStudy | null }

const NO_STUDY: ReadStudy = { ...NEW_STUDY, study: null }

/** The record of the study being read. */
export const selectRead = ({ studies, desk }: AppState): ReadStudy =>
  (desk.readId === null ? null : studies[desk.readId]) ?? NO_STUDY

export const selectComparison = ({ studies, desk }: AppState): OpenStudy | null =>
  (desk.comparisonId === null ? null : studies[desk.comparisonId])?.study ?? null

const NO_ITEMS: StudyState['measures']['items'] = []

/** Measures of the study beside. */
export const selectBesideMeasures = ({ studies, desk }: AppState): StudyState['measures']['items'] =>
  (desk.comparisonId === null || desk.comparisonId === desk.readId ? null : studies[desk.comparisonId])?.measures
    .items ?? NO_ITEMS

const isBusy = ({ findings, dictation, similar }: StudyState): boolean =>
  findings.phase === 'working' ||
  similar.isSearching ||
  dictation.fileProgress !== null ||
  dictation.utterances.some((item) => item.phase === 'encoding')

const isUnwritten = ({ dictation }: StudyState): boolean =>
  dictation.utterances.some(({ phase, transcript }) => phase === 'ready' && transcript === null)

/** Something was said about the study whose words are still to come. */
export const selectAreWordsComing = ({ model }: AppState, study: StudyState): boolean =>
  study.dictation.utterances.some(({ phase }) => phase === 'encoding') ||
  (isWriterComing(model.transcriberPhase) && isUnwritten(study))

/** Nothing is being opened, loaded, encoded or asked for, for any study: what end-to-end tests wait for. */
export function selectIsIdle({ studies, desk, model, brought, microphone }: AppState): boolean {
  const phases = [desk.phase, desk.comparisonPhase, model.phase, model.textPhase]
  if (phases.includes('working') || microphone.status === 'starting' || brought.adding || desk.prior?.progress)
    return false
  const isAwaited = (study: StudyState) => isWriterComing(model.transcriberPhase) && isUnwritten(study)
  return !Object.values(studies).some((study) => isBusy(study) || isAwaited(study))
}

/** What is being said about the study that is read. */
export const selectLive = ({ microphone: { live }, desk }: AppState): LiveText | null =>
  live?.studyId === desk.readId ? live : null

/** Escape ends something: opening, encoding, hearing a recording, a similar case on its way, a text while one speaks. */
export const selectIsCancellable = ({ studies, desk, microphone }: AppState): boolean =>
  microphone.live !== null ||
  desk.prior?.progress != null ||
  desk.phase === 'working' ||
  desk.comparisonPhase === 'working' ||
  Object.values(studies).some(
    ({ findings, dictation, measures }) =>
      findings.phase === 'working' || dictation.fileProgress !== null || measures.isSizing,
  )

const toAddingProgress = ({ title, doneBytes, totalBytes }: PackAddition): Progress => ({
  label: `Adding ${title}`,
  fraction: totalBytes > 0 ? doneBytes / totalBytes : null,
})

/** What is going on, the most telling first; null when nothing is. */
export function selectActivity(state: AppState): Progress | null {
  const { desk, model, brought, studies, view } = state
  const { findings } = selectRead(state)
  const dictations = Object.values(studies).map(({ dictation }) => dictation)
  const file = dictations.find(({ fileProgress }) => fileProgress)?.fileProgress
  const unknownLength = (label: string): Progress => ({ label, fraction: null })
  if (view.recording) return view.recording
  if (desk.phase === 'working') return desk.progress ?? unknownLength('Opening')
  if (findings.phase === 'working') return findings.progress ?? unknownLength('Encoding the scan')
  if (desk.comparisonPhase === 'working') return desk.comparisonProgress ?? unknownLength('Opening the study beside')
  if (desk.prior?.progress) return desk.prior.progress
  if (Object.values(studies).some(({ measures }) => measures.isSizing)) return unknownLength('Measuring the nodule')
  if (file) return file
  if (dictations.some(({ utterances }) => utterances.some(({ phase }) => phase === 'encoding')))
    return unknownLength('Encoding speech')
  if (model.phase === 'working') return model.progress ?? unknownLength('Loading models')
  if (brought.adding) return toAddingProgress(brought.adding)
  return null
}

/** The pack's name as the list has it, which is short; else as its manifest has it. */
export const selectPackTitle = ({ model: { packs, packId, packTitle } }: AppState): string =>
  packs.find(({ id }) => id === packId)?.title ?? packTitle ?? ''

/** What the panels mark as selected: the source of the heat, else the query of the similar cases. */
function selectSelection(state: AppState): SimilarQuery {
  const { heat, similar } = selectRead(state)
  return heat ?? similar.query
}

export function selectSelectedFindingId(state: AppState): FindingId | null {
  const selection = selectSelection(state)
  return 'findingId' in selection ? selection.findingId : null
}

export function selectSelectedUtteranceId(state: AppState): string | null {
  const selection = selectSelection(state)
  return 'utteranceId' in selection ? selection.utteranceId : null
}

/** The views of a similar case are mounted: it is open or being opened. */
export const selectIsComparing = ({ desk }: AppState): boolean =>
  desk.comparisonId !== null || desk.comparisonPhase === 'working'

export const selectStudyOf = (state: AppState, role: StudyRole): OpenStudy | null =>
  role === 'current' ? selectRead(state).study : selectComparison(state)

export const isSeen = (row: FindingRow): boolean => row.seen === 'present'
export const isSaid = (row: FindingRow): boolean => row.said !== 'not-mentioned'
/** It was said uncertainly or both ways: the reader's word is asked. */
export const isOpenToSettle = ({ said }: FindingRow): boolean => said === 'question' || said === 'uncertain'
export const isDiffering = (row: FindingRow): boolean =>
  row.agreement === 'seen-not-said' || row.agreement === 'said-not-seen'

/** Whether the pack names findings; as long as its manifest is not read, it is taken to. */
export const selectNamesFindings = ({ model }: AppState): boolean =>
  model.findings.length > 0 || model.packVersion === null

/** The rows hold something: the scan was encoded, a finding was spoken of, or the reader has findings of their own. */
export const selectHasFindings = (state: AppState): boolean =>
  selectRead(state).findings.rows.some((row) => hasContent(row) || row.own !== undefined)

const isForeignScan = (state: AppState): boolean => selectRead(state).findings.outOfDistribution !== null

/** The scan was read, whether the scores apply or not, or a finding was spoken of. */
export const selectHasReading = (state: AppState): boolean =>
  selectRead(state).findings.phase === 'ready' || selectHasFindings(state)

/** The scores do not apply to the scan, and nobody has asked for them. */
export const selectIsEvidenceClosed = (state: AppState): boolean => {
  const { outOfDistribution, isEvidenceAsked } = selectRead(state).findings
  return outOfDistribution !== null && !isEvidenceAsked
}

/** The current case shows the finding or it was said of it: what a similar case can share. */
export const selectIsAtHand = (state: AppState, id: FindingId): boolean =>
  selectRead(state).findings.rows.some(
    (row) => row.id === id && ((isSeen(row) && !isForeignScan(state)) || row.said === 'present'),
  )

/** Share of the cases behind the calibration that have the finding; null where there were none, or the pack has it not. */
export const selectPrevalence = ({ model }: AppState, id: FindingId): number | null =>
  model.isCalibrated ? (model.findings.find((finding) => finding.id === id)?.prevalence ?? null) : null

/** The newest utterance that has an embedding, to search by. */
export const selectLatestUtterance = (state: AppState): UtteranceItem | null =>
  selectRead(state).dictation.utterances.findLast((item) => item.phase === 'ready') ?? null

/** The statements of an utterance that count now: until a model has heard it, those that a person has set. */
export const toValidStatements = ({ phase, statements }: UtteranceItem): readonly Statement[] =>
  phase === 'ready' ? statements : onlySet(statements)
