import type { FindingId } from '../findings/finding.ts'
import { isEqualPlace, isSamePlace, NO_PLACE, type Place, type Statement, type Status } from './statement.ts'

/** How a person says that an utterance states a finding. */
export interface StatusEdit {
  readonly findingId: FindingId
  /** Null: it was taken away. */
  readonly status: Status | null
  /** Of which place, where the utterance states the finding of several; absent: wherever. */
  readonly place?: Place
}

/** What a person has changed of one utterance. */
export interface UtteranceEdits {
  /** The text as a person corrected it; null where it stands as it was heard. */
  readonly text: string | null
  /** Of one finding and place the last one counts. */
  readonly statuses: readonly StatusEdit[]
}

export const NO_EDITS: UtteranceEdits = { text: null, statuses: [] }

const setBy = (findingId: FindingId, status: Status, place: Place): Statement => ({
  findingId,
  status,
  place,
  sizeMm: null,
  span: null,
  words: null,
  readings: { embedding: null, transcript: null },
  margin: null,
  isSet: true,
})

/**
 * The edit that a statement falls under: that of its very place, else that of the finding, else one whose place no statement
 * has any more, as after another reading, where both may be one place.
 */
function findEdit(statement: Statement, statements: readonly Statement[], edits: readonly StatusEdit[]) {
  const own = edits.filter(({ findingId }) => findingId === statement.findingId)
  const isLost = (place: Place) =>
    !statements.some((other) => other.findingId === statement.findingId && isEqualPlace(other.place, place))
  return (
    own.findLast(({ place }) => place && isEqualPlace(place, statement.place)) ??
    own.findLast(({ place }) => !place) ??
    own.findLast(({ place }) => place && isLost(place) && isSamePlace(place, statement.place))
  )
}

/** The statements of an utterance as a person has set them: what was read of other findings stays. */
export function applyEdits(statements: readonly Statement[], { statuses }: UtteranceEdits): Statement[] {
  const used = new Set<StatusEdit>()
  const kept = statements.flatMap((statement): Statement[] => {
    const edit = findEdit(statement, statements, statuses)
    if (!edit) return [statement]
    used.add(edit)
    return edit.status === null ? [] : [{ ...statement, status: edit.status, isSet: true }]
  })
  const added = statuses.flatMap((edit) =>
    used.has(edit) || edit.status === null ? [] : [setBy(edit.findingId, edit.status, edit.place ?? NO_PLACE)],
  )
  return [...kept, ...added]
}

/** An edit takes the place of those that it leaves nothing of: of its place, or without one, of its finding. */
const isReplaced = (former: StatusEdit, { findingId, place }: StatusEdit): boolean =>
  former.findingId === findingId && (!place || (former.place !== undefined && isEqualPlace(former.place, place)))

/** Adds to what a person has changed before. */
export const withStatus = (edits: UtteranceEdits, edit: StatusEdit): UtteranceEdits => ({
  ...edits,
  statuses: [...edits.statuses.filter((one) => !isReplaced(one, edit)), edit],
})

/** What a person stands behind: it counts before a model has heard the utterance, and without one. */
export const onlySet = (statements: readonly Statement[]): Statement[] => statements.filter(({ isSet }) => isSet)
