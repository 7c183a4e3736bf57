import type { ReadMeasure } from '../domain/measure/readMeasure.ts'
import type { PlacedReport } from '../domain/report/placeReport.ts'

export interface MeasuresState {
  /** Oldest first. */
  readonly items: readonly ReadMeasure[]
  readonly selectedId: string | null
  /** The handle that keys move; null: the whole. */
  readonly handle: number | null
  /** Kept ones that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
  /** Structured reports about its images: shown, not the reader's own. */
  readonly reports: readonly PlacedReport[]
  /** A nodule is being measured. */
  readonly isSizing: boolean
  /** Why its measures cannot be saved as a structured report; null where they can. */
  readonly whyNoReport: string | null
}

export const NO_MEASURES: MeasuresState = {
  items: [],
  selectedId: null,
  handle: null,
  unreadableCount: 0,
  reports: [],
  isSizing: false,
  whyNoReport: null,
}
