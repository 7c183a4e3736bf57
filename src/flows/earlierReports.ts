import type { Problem } from '../base/result.ts'
import type { Signature } from '../domain/dictatedReport/reportEntry.ts'
import { listEarlierReports, toReportKinship } from '../domain/report/earlierReport.ts'
import type { SrReport } from '../domain/report/srReport.ts'
import { toPatientText } from '../domain/study/samePatient.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'

const ANOTHER: Omit<Problem, 'message'> = {
  code: 'sr-of-another-patient',
  nextStep: 'It is not shown beside this scan.',
}

/** Why a report in words is not shown. */
function describeLeftOut({ path }: SrReport, kinships: readonly string[]): Problem {
  if (kinships.length === 0)
    return {
      code: 'sr-of-no-open-study',
      message: `${path}: a report in words, of a patient of whom no scan is open.`,
      nextStep: 'Drop a scan of the patient: it is then listed in the report panel.',
    }
  if (kinships.includes('unknown'))
    return {
      ...ANOTHER,
      message: `${path}: a report that is not known to be of the patient of this scan (Patient ID).`,
    }
  return { ...ANOTHER, message: `${path}: a report of another patient than that of this scan.` }
}

export interface EarlierReportsDeps {
  readonly screen: Screen
  /** Salted, as what is kept is. */
  hashPatient(name: string): string
  /** Those that were signed on this device, by the hash of whom they are of. */
  listSignedReports(patient: string): Promise<readonly Signature[]>
}

/** Reports in words of this visit and those that were signed on this device, each listed with the studies of its patient and with no others. They are read only. */
export class EarlierReports {
  readonly #all = new Map<string, SrReport>()
  /** By study, of its patient. */
  readonly #signed = new Map<string, readonly Signature[]>()

  constructor(
    private readonly deps: EarlierReportsDeps,
    private readonly desk: Desk,
  ) {}

  /** Brings those that were signed on this device into the list of a study. */
  async restore(study: StudySession): Promise<void> {
    const person = toPatientText(study.state.study.identity)
    if (person === null) return
    const signed = await this.deps.listSignedReports(this.deps.hashPatient(person))
    if (study.signal.aborted) return
    this.#signed.set(
      study.id,
      signed.filter(({ studyId }) => studyId !== study.id),
    )
    this.show(study)
  }

  take(reports: readonly SrReport[]): void {
    for (const report of reports) if (report.sections.length > 0) this.#all.set(report.sopInstanceUid, report)
  }

  /** Says which reports of a drop are of the patient of none of the studies that are open. */
  tellLeftOut(reports: readonly SrReport[]): void {
    const studies = this.desk.sessions.map(({ state }) => state.study.identity)
    for (const report of reports) {
      if (report.sections.length === 0) continue
      const kinships = studies.map((study) => toReportKinship(report, study))
      if (!kinships.includes('same')) this.deps.screen.notify(describeLeftOut(report, kinships), 'warning')
    }
  }

  /** Those of the patient of a study, in its list. */
  show(study: StudySession): void {
    const earlier = listEarlierReports(
      [...this.#all.values()],
      this.#signed.get(study.id) ?? [],
      study.state.study.identity,
    )
    const { openEarlierId } = study.state.report
    const isOpen = earlier.some(({ id }) => id === openEarlierId)
    study.show('report', { earlier, openEarlierId: isOpen ? openEarlierId : null })
  }

  /** Lays one open beside the report being dictated: the given one, else the newest; null closes it. */
  open(id: string | null | undefined): void {
    const { read } = this.desk
    if (!read) return
    const { earlier } = read.state.report
    const wanted = id === undefined ? earlier[0]?.id : id
    read.show('report', { openEarlierId: earlier.find((one) => one.id === wanted)?.id ?? null })
  }
}
