import type { FindingId } from '../domain/findings/finding.ts'
import { applyEdits, type StatusEdit, type UtteranceEdits, withStatus } from '../domain/statements/edits.ts'
import { isEqualPlace, type Statement } from '../domain/statements/statement.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { StudySession } from '../session/studySession.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { changeItem, toStatements } from './hearUtterance.ts'

/** What is needed to change an utterance of a study. */
export interface EditDeps {
  readonly journal: DictationJournal
  readonly study: StudySession
  /** Null while none is in use. */
  readonly pack: LoadedPack | null
}

const findItem = (study: StudySession, id: string): UtteranceItem | undefined =>
  study.state.dictation.utterances.find((item) => item.id === id)

/** Read again with the edits where the pack has heard the utterance, so that nothing of an earlier edit stays; null elsewhere. */
function readAgain({ study, pack }: EditDeps, item: UtteranceItem, edits: UtteranceEdits): Statement[] | null {
  const heard = study.heard.get(item.id)
  return pack && heard ? toStatements(pack, heard, { ...item, edits }) : null
}

/** Edits → statements → timeline and journal. */
function write(deps: EditDeps, item: UtteranceItem, edits: UtteranceEdits, unheard: readonly Statement[]): Edit {
  const statements = readAgain(deps, item, edits) ?? unheard
  const changed = changeItem(deps.study, item.id, { edits, statements })
  if (changed) deps.journal.update(changed)
  return { before: toState(item), after: { id: item.id, edits, statements } }
}

/** An utterance as edits have left it. */
export type EditedState = Pick<UtteranceItem, 'id' | 'edits' | 'statements'>

/** What a person has changed of an utterance. */
export interface Edit {
  readonly before: EditedState
  readonly after: EditedState
}

const toState = ({ id, edits, statements }: UtteranceItem): EditedState => ({ id, edits, statements })

/** A place tells apart only where there are several: else the edit is of the finding, wherever another model hears it. */
function toEdit({ statements, edits }: UtteranceItem, { findingId, status, place }: StatusEdit): StatusEdit {
  const isOfIt = (one: { readonly findingId: FindingId }) => one.findingId === findingId
  const places = statements.filter(isOfIt).map((one) => one.place)
  const isOneOfSeveral =
    edits.statuses.some((one) => isOfIt(one) && one.place) || places.some((one) => !isEqualPlace(one, places[0]))
  return place && isOneOfSeveral ? { findingId, status, place } : { findingId, status }
}

const isEqualEdit = (a: StatusEdit, b: StatusEdit): boolean =>
  a.findingId === b.findingId &&
  a.status === b.status &&
  (a.place && b.place ? isEqualPlace(a.place, b.place) : a.place === b.place)

/**
 * A person says how an utterance states a finding: that stands over what any reader makes of it. Null takes the finding
 * away from the utterance. Null where there is nothing to change.
 */
export function setStatus(deps: EditDeps, utteranceId: string, wanted: StatusEdit): Edit | null {
  const item = findItem(deps.study, utteranceId)
  if (!item) return null
  const edit = toEdit(item, wanted)
  if (item.edits.statuses.some((one) => isEqualEdit(one, edit))) return null
  const edits = withStatus(item.edits, edit)
  return write(deps, item, edits, applyEdits(item.statements, edits))
}

/**
 * A person corrects the text of an utterance; the heard one is kept, and comes back for null, for nothing and for itself.
 * Null where there is nothing to change.
 */
export function setText(deps: EditDeps, utteranceId: string, text: string | null): Edit | null {
  const item = findItem(deps.study, utteranceId)
  if (!item) return null
  const trimmed = text?.trim() ?? ''
  const corrected = trimmed === '' || trimmed === item.transcript ? null : trimmed
  if (corrected === item.edits.text) return null
  return write(deps, item, { ...item.edits, text: corrected }, item.statements)
}

/** Gives an utterance the edits that it had. False where it is gone. */
export function restoreEdits(deps: EditDeps, { id, edits, statements }: EditedState): boolean {
  const item = findItem(deps.study, id)
  if (item) write(deps, item, edits, statements)
  return item !== undefined
}

export interface RemovedUtterance {
  readonly item: UtteranceItem
  /** Where it stood. */
  readonly index: number
}

/** Takes an utterance out of timeline and journal. Null when there is none. */
export function removeUtterance({ journal, study }: EditDeps, utteranceId: string): RemovedUtterance | null {
  const { utterances } = study.state.dictation
  const index = utterances.findIndex((item) => item.id === utteranceId)
  if (index < 0) return null
  journal.remove(utteranceId)
  study.show('dictation', { utterances: utterances.toSpliced(index, 1) })
  return { item: utterances[index], index }
}

/** Puts a removed utterance back where it stood. */
export function restoreUtterance({ journal, study }: EditDeps, { item, index }: RemovedUtterance): boolean {
  const utterance = study.utterances.get(item.id)
  if (!utterance) return false
  journal.put(study.id, item, utterance)
  study.show('dictation', { utterances: study.state.dictation.utterances.toSpliced(index, 0, item) })
  return true
}
