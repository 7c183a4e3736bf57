import { labelOf } from '../domain/findings/finding.ts'
import { NO_SIMILAR_FILTER } from '../domain/retrieval/listFilter.ts'
import { toParts } from '../domain/retrieval/query.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { AppState, QueryPart, QuerySource } from './appState.ts'
import { selectRead } from './selectors.ts'

/* What the screen reads of what similar cases are searched by. */

/** Parts of the query of the study being read. The same list for the same query. */
export const selectQueryParts = (state: AppState): readonly QueryPart[] => {
  const { query } = selectRead(state).similar
  const known = PARTS.get(query)
  if (known) return known
  const parts = toParts(query)
  PARTS.set(query, parts)
  return parts
}

const PARTS = new WeakMap<object, readonly QueryPart[]>()

/** What a chip says; the words of an utterance are quoted where they are known. */
export function selectSourceName(state: AppState, source: QuerySource): string {
  const { utterances } = selectRead(state).dictation
  const findings = [...state.own.findings, ...state.model.findings]
  if (source.kind === 'ct') return 'This CT'
  if (source.kind === 'dictation') return 'Whole dictation'
  if (source.kind === 'place') return 'Place in this CT'
  if (source.kind === 'text') return `“${source.text}”`
  if (source.kind === 'finding') return labelOf(findings, source.findingId)
  if (source.kind === 'statement') return `${labelOf(findings, source.findingId)}, as said`
  const at = utterances.findIndex(({ id }) => id === source.utteranceId)
  const words = utterances[at]?.edits.text ?? utterances[at]?.transcript
  return words ? `“${words}”` : `Utterance ${at + 1}`
}

/** Places of the scan that cases are searched by. */
export const selectPlaces = (state: AppState): readonly Vec3[] =>
  selectQueryParts(state).flatMap(({ source }) => (source.kind === 'place' ? [source.pointLpsMm] : []))

export const selectIsFiltered = (state: AppState): boolean => {
  const { filter } = selectRead(state).similar
  return JSON.stringify(filter) !== JSON.stringify(NO_SIMILAR_FILTER)
}
