import type { ReadMeasure } from '../domain/measure/readMeasure.ts'
import type { PlacedReport } from '../domain/report/placeReport.ts'

export interface MeasuresState {
  /** Oldest first. */
  readonly items: readonly ReadMeasure[]
  readonly selectedId: string | null
  /** The handle that keys move; null: the whole. */
  readonly handle: number | null
  /** What undo and redo would take back and bring again, in a few words. */
  readonly undo: string | null
  readonly redo: string | null
  /** Changes of the dictation when the last measure was changed: who is the later is undone first. */
  readonly dictationChanges: number
  /** Kept ones that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
  /** Structured reports about its images: shown, not the reader's own. */
  readonly reports: readonly PlacedReport[]
  /** Why its measures cannot be saved as a structured report; null where they can. */
  readonly whyNoReport: string | null
}

export const NO_MEASURES: MeasuresState = {
  items: [],
  selectedId: null,
  handle: null,
  undo: null,
  redo: null,
  dictationChanges: 0,
  unreadableCount: 0,
  reports: [],
  whyNoReport: null,
}

/** True where the last change was one of a measure, not of the dictation. */
export const isMeasureLatest = (
  { undo, dictationChanges }: Pick<MeasuresState, 'undo' | 'dictationChanges'>,
  changesNow: number,
): boolean => undo !== null && dictationChanges >= changesNow
