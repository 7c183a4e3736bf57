import { failure, type Result, success } from '../base/result.ts'
import { createUid, encodeReport } from '../domain/report/encodeReport.ts'
import type { NamedFinding } from '../domain/report/measureGroup.ts'
import { toReport, whyNoReport } from '../domain/report/toReport.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { StudySession } from '../session/studySession.ts'
import { toExportName } from './exportReading.ts'

export interface NamedReport {
  readonly fileName: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The measures of a study as a DICOM file. It names the patient, as any object of the study does; the file's name names nobody. */
export async function writeReport(
  study: StudySession,
  volume: Volume,
  version: string,
  findFinding: (id: string) => NamedFinding | null,
): Promise<Result<NamedReport>> {
  const reason = whyNoReport(volume)
  if (reason !== null)
    return failure({
      code: 'no-report',
      message: `The measures cannot be saved as a DICOM structured report. ${reason}`,
      nextStep: 'Copy them as text, or export the reading instead.',
    })
  const now = new Date()
  const report = toReport({
    volume,
    measures: study.state.measures.items,
    findingOf: ({ tie }) => (tie?.kind === 'finding' ? findFinding(tie.id) : null),
    version,
    now,
    newUid: createUid,
  })
  const fileName = toExportName(study.id, now).replace('.json', '-measures.dcm')
  return success({ fileName, bytes: await encodeReport(report) })
}
