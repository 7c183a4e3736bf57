import type { FindingId } from '../../findings/ctRateFindings.ts'
import type { FindingStates } from '../findingSentences.ts'

/** `resolved` is also history: it was there once, and the clause does not say that it is there today. */
export type FindingStatus = 'present' | 'absent' | 'uncertain' | 'resolved'
export type FindingStatuses = Partial<Record<FindingId, FindingStatus>>

/** What is said in one breath, and what it states of the findings it names. */
export interface Clause {
  readonly text: string
  readonly statuses: FindingStatuses
}

/** Only what is firmly said of today: uncertain and resolved findings count as not mentioned. */
export function toFirmStates(statuses: FindingStatuses): FindingStates {
  return Object.fromEntries(
    Object.entries(statuses).filter(([, status]) => status === 'present' || status === 'absent'),
  )
}
