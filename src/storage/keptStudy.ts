import * as v from 'valibot'
import { REPORT_STATUSES, type ReportStatus } from '../domain/dictatedReport/reportStatus.ts'

/** What is kept of a study beside its dictation, so that a later visit can name it and tell it from another. */
export interface KeptStudy {
  /** Salted hash, or `phantom-<seed>`. */
  readonly id: string
  /** Salted hash of its images; null for a phantom. */
  readonly content: string | null
  readonly title: string
  readonly subtitle: string
  /** Null where it is not known: the title may be a file's name then. */
  readonly format: string | null
  readonly openedAtMs: number
  /** Salted hash of the files that it was listed from; null where it came from elsewhere. */
  readonly seriesId: string | null
  readonly reportStatus: ReportStatus
}

const keptStudy = v.object({
  id: v.string(),
  content: v.nullable(v.string()),
  title: v.string(),
  subtitle: v.string(),
  format: v.optional(v.nullable(v.string()), null),
  openedAtMs: v.number(),
  seriesId: v.optional(v.nullable(v.string()), null),
  reportStatus: v.fallback(v.optional(v.picklist(REPORT_STATUSES), 'unread'), 'unread'),
})

/** The study of a stored row, or null where it cannot be read. */
export const parseKeptStudy = (row: unknown): KeptStudy | null => {
  const parsed = v.safeParse(keptStudy, row)
  return parsed.success ? parsed.output : null
}
