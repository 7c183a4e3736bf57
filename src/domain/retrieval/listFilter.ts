import type { FindingId } from '../findings/finding.ts'

/** Which cases are listed, by what the library says of them. */
export interface SimilarFilter {
  readonly findingIds: readonly FindingId[]
  readonly sex: 'female' | 'male' | 'other' | null
  readonly ageFrom: number | null
  readonly ageTo: number | null
  /** ISO 8601 days. */
  readonly dateFrom: string | null
  readonly dateTo: string | null
}

export const NO_SIMILAR_FILTER: SimilarFilter = {
  findingIds: [],
  sex: null,
  ageFrom: null,
  ageTo: null,
  dateFrom: null,
  dateTo: null,
}
