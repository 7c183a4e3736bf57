import type { FindingId } from '../findings/finding.ts'
import { NO_PLACE, type Statement, type Status } from './statement.ts'

/** What a person has changed of one utterance. */
export interface UtteranceEdits {
  /** The text as a person corrected it; null where it stands as it was heard. */
  readonly text: string | null
  /** By finding: the status that a person gave it, or null where it was taken away. The last one counts. */
  readonly statuses: readonly { readonly findingId: FindingId; readonly status: Status | null }[]
}

export const NO_EDITS: UtteranceEdits = { text: null, statuses: [] }

const setBy = (findingId: FindingId, status: Status): Statement => ({
  findingId,
  status,
  place: NO_PLACE,
  sizeMm: null,
  span: null,
  words: null,
  readings: { embedding: null, transcript: null },
  margin: null,
  isSet: true,
})

/** The statements of an utterance as a person has set them: what was read of other findings stays. */
export function applyEdits(statements: readonly Statement[], { statuses }: UtteranceEdits): Statement[] {
  const byFinding = new Map(statuses.map(({ findingId, status }) => [findingId, status]))
  const kept = statements.flatMap((statement): Statement[] => {
    const status = byFinding.get(statement.findingId)
    if (status === undefined) return [statement]
    return status === null ? [] : [{ ...statement, status, isSet: true }]
  })
  const known = new Set(statements.map(({ findingId }) => findingId))
  const added = [...byFinding].flatMap(([id, status]) => (known.has(id) || status === null ? [] : [setBy(id, status)]))
  return [...kept, ...added]
}

/** Adds to what a person has changed before. */
export function withStatus(edits: UtteranceEdits, findingId: FindingId, status: Status | null): UtteranceEdits {
  const others = edits.statuses.filter((one) => one.findingId !== findingId)
  return { ...edits, statuses: [...others, { findingId, status }] }
}

/** What a person stands behind: it counts before a model has heard the utterance, and without one. */
export const onlySet = (statements: readonly Statement[]): Statement[] => statements.filter(({ isSet }) => isSet)
