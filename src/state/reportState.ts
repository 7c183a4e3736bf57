import type { ReportEntry } from '../domain/dictatedReport/reportEntry.ts'
import type { EarlierReport } from '../domain/report/earlierReport.ts'
import type { SafetyNet } from '../domain/safety/toAlerts.ts'

export interface ReportState {
  /** Oldest first. */
  readonly entries: readonly ReportEntry[]
  /** Kept ones that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
  /** Earlier reports of the patient, the newest first, and which one is open beside. */
  readonly earlier: readonly EarlierReport[]
  readonly openEarlierId: string | null
  /** What was found when it was looked at last; null until then. `of`: the dictation that was looked at. */
  readonly net: (SafetyNet & { readonly phase: 'working' | 'ready'; readonly of: readonly object[] }) | null
}

export const NO_REPORT: ReportState = {
  entries: [],
  unreadableCount: 0,
  earlier: [],
  openEarlierId: null,
  net: null,
}
