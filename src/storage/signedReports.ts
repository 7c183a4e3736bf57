import type { Signature } from '../domain/dictatedReport/reportEntry.ts'
import { sharedDatabase, type VoxctDatabase } from './database.ts'
import { parseReportRow } from './reportRow.ts'

/** Signed reports of a patient that are kept on this device, by the salted hash of whom they are of; none where nothing can be read. */
export async function listSignedReports(
  patient: string,
  database: VoxctDatabase = sharedDatabase,
): Promise<readonly Signature[]> {
  const rows = await database.reportEntries
    .filter((row) => row.kind === 'signed')
    .toArray()
    .catch(() => [])
  return rows.flatMap((row) => {
    const entry = parseReportRow(row)
    return entry?.kind === 'signed' && entry.of?.patient === patient ? [entry] : []
  })
}
