import type { ReportEntry } from '../domain/dictatedReport/reportEntry.ts'

export interface ReportState {
  /** Oldest first. */
  readonly entries: readonly ReportEntry[]
  /** Kept ones that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
}

export const NO_REPORT: ReportState = { entries: [], unreadableCount: 0 }
