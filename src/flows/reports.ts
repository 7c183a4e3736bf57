import type { Problem } from '../base/result.ts'
import { toMeasureCentre } from '../domain/measure/measure.ts'
import { type PlacedReport, placeReport } from '../domain/report/placeReport.ts'
import type { SrReport } from '../domain/report/srReport.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { Measures } from './measures.ts'
import { turnToMeasure } from './turnToMeasure.ts'

export interface ReportsDeps {
  readonly screen: Screen
  readonly viewer: Viewer
}

const describeForeign = ({ path }: SrReport, isStudyOpen: boolean): Problem => ({
  code: 'sr-of-another-study',
  message: isStudyOpen
    ? `${path}: a structured report about images of another study or series than those that are open.`
    : `${path}: a structured report about images that are not open.`,
  nextStep: 'Drop the images that it is about: its measurements are then shown with them.',
})

/**
 * Structured reports of this visit: each is shown with the study whose images it names, whichever of the two came first. They are read
 * only, and kept nowhere.
 */
export class Reports {
  readonly #all = new Map<string, SrReport>()

  constructor(
    private readonly deps: ReportsDeps,
    private readonly desk: Desk,
    private readonly measures: Measures,
  ) {}

  /** Reports of a drop; one that came before is put in the place of the former. */
  take(reports: readonly SrReport[]): void {
    for (const report of reports) this.#all.set(report.sopInstanceUid, report)
  }

  /** Says which reports of a drop are about none of the studies that are open. */
  tellForeign(reports: readonly SrReport[]): void {
    const volumes = this.desk.sessions.flatMap(({ volume }) => volume ?? [])
    for (const report of reports) {
      if (report.groups.length + report.images.length === 0) continue
      const isShown = volumes.some((volume) => placeReport(report, volume))
      if (!isShown) this.deps.screen.notify(describeForeign(report, volumes.length > 0), 'warning')
    }
  }

  /** Those about a study, in its list. */
  show(study: StudySession): void {
    const { volume } = study
    const placed = volume ? [...this.#all.values()].flatMap((report) => placeReport(report, volume) ?? []) : []
    study.show('measures', { reports: placed })
  }

  /** Brings the views to a measurement of a report. */
  jump(groupId: string): void {
    const group = this.#groups().find(({ id }) => id === groupId)
    if (!group) return
    this.desk.read?.show('measures', { selectedId: groupId, handle: null })
    turnToMeasure(this.deps.screen, group.shape)
    this.deps.viewer.setCrosshair(toMeasureCentre(group.shape))
  }

  /** Brings the views to an image that a key object selection names. */
  showImage(imageId: string): void {
    const image = this.#shown()
      .flatMap(({ images }) => images)
      .find(({ id }) => id === imageId)
    if (image) this.deps.viewer.setCrosshair(image.pointLpsMm)
  }

  /** Measurements of a report as the reader's own: one, or all of it. */
  takeOver(id: string): void {
    const report = this.#shown().find((one) => one.id === id)
    const groups = report?.groups ?? this.#groups().filter((group) => group.id === id)
    this.measures.take(groups.map(({ shape, name }) => ({ shape, label: name })))
  }

  /** Takes a report away. */
  close(reportId: string): void {
    this.#all.delete(reportId)
    for (const study of this.desk.sessions) this.show(study)
  }

  #shown = (): readonly PlacedReport[] => this.desk.read?.state.measures.reports ?? []

  #groups = () => this.#shown().flatMap(({ groups }) => groups)
}
