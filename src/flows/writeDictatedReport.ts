import { failure, type Result, success } from '../base/result.ts'
import type { KeyImage } from '../domain/keyImage/keyImage.ts'
import { toDictatedReport } from '../domain/report/dictatedReport.ts'
import { createUid, encodeReport } from '../domain/report/encodeReport.ts'
import { sourceSentences } from '../domain/report/sourceSentences.ts'
import { whyNoReport } from '../domain/report/toReport.ts'
import type { StudySession } from '../session/studySession.ts'
import { toExportName } from './exportReading.ts'
import { isAsSigned } from './exportReport.ts'
import type { NamedReport } from './writeReport.ts'

/** The dictated report of a study as a DICOM file. It names the patient, as any object of the study does; the file's name names nobody. */
export async function writeDictatedReport(
  study: StudySession,
  keyImages: readonly KeyImage[],
  version: string,
): Promise<Result<NamedReport> | null> {
  const { volume, report, state } = study
  if (!volume || report.length === 0) return null
  const reason = whyNoReport(volume)
  if (reason !== null)
    return failure({
      code: 'no-report',
      message: `The report cannot be saved as a DICOM structured report. ${reason}`,
      nextStep: 'Copy it as text, or print it.',
    })
  const now = new Date()
  const item = toDictatedReport({
    volume,
    sentences: sourceSentences(report, state.dictation.utterances, state.measures.items),
    keyImages,
    isSigned: isAsSigned(study),
    version,
    now,
    newUid: createUid,
  })
  return success({
    fileName: toExportName(study.id, now).replace('.json', '-report.dcm'),
    bytes: await encodeReport(item),
  })
}
