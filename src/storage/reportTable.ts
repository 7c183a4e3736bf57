import type { ReportEntry } from '../domain/dictatedReport/reportEntry.ts'
import { sharedDatabase, type VoxctDatabase } from './database.ts'
import { createOwnTable, type OwnTable } from './ownTable.ts'
import { parseReportRow, toReportRow } from './reportRow.ts'

/** What is kept of the report of one study, by its salted id. */
export const openReportTable = (studyId: string, database: VoxctDatabase = sharedDatabase): OwnTable<ReportEntry> =>
  createOwnTable({
    table: {
      toArray: () => database.reportEntries.where('studyId').equals(studyId).toArray(),
      put: (entry) => database.reportEntries.put(entry),
      delete: (id) => database.reportEntries.delete(id),
    },
    parse: parseReportRow,
    toRow: toReportRow,
  })
