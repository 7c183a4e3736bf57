import type { FindingId } from '../domain/findings/finding.ts'
import type {
  AppState,
  FindingRow,
  OpenStudy,
  PackAddition,
  Progress,
  SimilarQuery,
  UtteranceItem,
} from './appState.ts'

/** Nothing is being opened, loaded, encoded or asked for: what end-to-end tests wait for. */
export function selectIsIdle(state: AppState): boolean {
  const { study, model, brought, findings, dictation, similar } = state
  const phases = [study.phase, study.comparisonPhase, model.phase, model.textPhase, findings.phase]
  if (phases.includes('working') || dictation.microphone === 'starting' || dictation.fileProgress) return false
  if (brought.adding || similar.isSearching) return false
  return dictation.utterances.every((item) => item.phase !== 'encoding')
}

const toAddingProgress = ({ title, doneBytes, totalBytes }: PackAddition): Progress => ({
  label: `Adding ${title}`,
  fraction: totalBytes > 0 ? doneBytes / totalBytes : null,
})

/** What is going on, the most telling first; null when nothing is. */
export function selectActivity({ study, findings, dictation, model, brought }: AppState): Progress | null {
  const unknownLength = (label: string): Progress => ({ label, fraction: null })
  if (study.phase === 'working') return study.progress ?? unknownLength('Opening')
  if (findings.phase === 'working') return findings.progress ?? unknownLength('Encoding the scan')
  if (study.comparisonPhase === 'working') return unknownLength('Opening the similar case')
  if (dictation.fileProgress) return dictation.fileProgress
  if (dictation.utterances.some((item) => item.phase === 'encoding')) return unknownLength('Encoding speech')
  if (model.phase === 'working') return model.progress ?? unknownLength('Loading models')
  if (brought.adding) return toAddingProgress(brought.adding)
  return null
}

/** The pack's name as the list has it, which is short; else as its manifest has it. */
export const selectPackTitle = ({ model: { packs, packId, packTitle } }: AppState): string =>
  packs.find(({ id }) => id === packId)?.title ?? packTitle ?? ''

/** What the panels mark as selected: the source of the heat, else the query of the similar cases. */
const selectSelection = ({ view, similar }: AppState): SimilarQuery => view.heat ?? similar.query

export function selectSelectedFindingId(state: AppState): FindingId | null {
  const selection = selectSelection(state)
  return selection.kind === 'finding' ? selection.findingId : null
}

export function selectSelectedUtteranceId(state: AppState): string | null {
  const selection = selectSelection(state)
  return selection.kind === 'utterance' ? selection.utteranceId : null
}

/** The views of a similar case are mounted: it is open or being opened. */
export const selectIsComparing = ({ study }: AppState): boolean =>
  study.comparison !== null || study.comparisonPhase === 'working'

export const selectStudyOf = (state: AppState, viewer: 'current' | 'comparison'): OpenStudy | null =>
  viewer === 'current' ? state.study.current : state.study.comparison

export const isSeen = (row: FindingRow): boolean => row.seen === 'present'
export const isSaid = (row: FindingRow): boolean => row.said !== 'not-mentioned'
export const isDiffering = (row: FindingRow): boolean =>
  row.agreement === 'seen-not-said' || row.agreement === 'said-not-seen'

/** The rows hold something: the scan was encoded or a finding was spoken of. */
export const selectHasFindings = ({ findings }: AppState): boolean =>
  findings.rows.some((row) => row.probability !== null || isSaid(row))

/** The current case shows the finding or it was said of it: what a similar case can share. */
export const selectIsAtHand = ({ findings }: AppState, id: FindingId): boolean =>
  findings.rows.some((row) => row.id === id && (isSeen(row) || row.said === 'present'))

/** Share of the cases behind the calibration that have the finding; null where there were none, or the pack has it not. */
export const selectPrevalence = ({ model }: AppState, id: FindingId): number | null =>
  model.isCalibrated ? (model.findings.find((finding) => finding.id === id)?.prevalence ?? null) : null

/** The newest utterance that has an embedding, to search by. */
export const selectLatestUtterance = ({ dictation }: AppState): UtteranceItem | null =>
  dictation.utterances.findLast((item) => item.phase === 'ready') ?? null
