import type { Signature } from '../dictatedReport/reportEntry.ts'
import { type Kinship, toKinship } from '../study/samePatient.ts'
import type { StudyIdentity } from '../study/studyIdentity.ts'
import type { SrReport, SrSection } from './srReport.ts'

/** A report in words that was there before the one being dictated, of the same patient. */
export interface EarlierReport {
  readonly id: string
  /** Of the study that it is about, YYYYMMDD; empty where it says none. */
  readonly studyDate: string
  /** What that study is called; may be empty. */
  readonly study: string
  /** When it was written, YYYYMMDD; may be empty. */
  readonly writtenOn: string
  readonly author: string
  /** It is about the very study that is read. */
  readonly isOfThisStudy: boolean
  readonly isComplete: boolean
  readonly sections: readonly SrSection[]
}

/** Whether a report is of the patient of a study, by the headers of both. */
export const toReportKinship = (report: SrReport, study: StudyIdentity | null): Kinship =>
  toKinship(report.identity, study)

const two = (part: number): string => String(part).padStart(2, '0')
const toDay = (ms: number): string => {
  const date = new Date(ms)
  return `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
}

/** As `toReportText` wrote it: title and paragraphs of each section, a blank line between them. */
const toSections = (text: string): SrSection[] =>
  text.split('\n\n').map((section) => {
    const [title, ...lines] = section.split('\n')
    return { title: `${title.charAt(0)}${title.slice(1).toLowerCase()}`, lines }
  })

const fromSignature = ({ id, createdAtMs, text, of }: Signature): EarlierReport => ({
  id,
  studyDate: of?.studyDate ?? '',
  study: of?.study ?? '',
  writtenOn: toDay(createdAtMs),
  author: 'a reader on this device',
  isOfThisStudy: false,
  isComplete: true,
  sections: toSections(text),
})

/**
 * The reports in words of the patient of a study, the newest first; those of which that is not known are left out.
 * @param signed on this device, of the patient by their hash, and of other studies
 */
export function listEarlierReports(
  reports: readonly SrReport[],
  signed: readonly Signature[],
  study: StudyIdentity | null,
): EarlierReport[] {
  const own = reports.filter((report) => report.sections.length > 0 && toReportKinship(report, study) === 'same')
  const earlier = own.map((report): EarlierReport => {
    const { sopInstanceUid, identity, date, author, isComplete, sections, studyUid } = report
    return {
      id: sopInstanceUid,
      studyDate: identity.studyDate ?? '',
      study: identity.studyDescription ?? '',
      writtenOn: date,
      author,
      isOfThisStudy: studyUid !== '' && studyUid === study?.studyUid,
      isComplete,
      sections,
    }
  })
  return [...earlier, ...signed.map(fromSignature)].sort(compareNewest)
}

/** By the day of the study, then by that of the report. */
const compareNewest = (a: EarlierReport, b: EarlierReport): number =>
  (b.studyDate || b.writtenOn).localeCompare(a.studyDate || a.writtenOn) || b.writtenOn.localeCompare(a.writtenOn)
