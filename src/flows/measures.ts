import { createId } from '../base/createId.ts'
import type { Result } from '../base/result.ts'
import { addScaled } from '../domain/geometry/vector.ts'
import { moveHandle, moveMeasure, toHandles } from '../domain/measure/editMeasure.ts'
import {
  MEASURE_COLORS,
  type Measure,
  type MeasureShape,
  type MeasureTie,
  toMeasureCentre,
} from '../domain/measure/measure.ts'
import { KIND_NAMES, toReportLine } from '../domain/measure/measureText.ts'
import { type MeasureValue, readMeasure } from '../domain/measure/readMeasure.ts'
import { whyNoReport } from '../domain/report/toReport.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import type { StudyArchive } from '../storage/studyArchive.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { History } from './history.ts'
import { noteStudy } from './identifyStudy.ts'
import { KeptThings } from './keptThings.ts'
import { turnToMeasure } from './turnToMeasure.ts'
import { type NamedReport, writeReport } from './writeReport.ts'

/** As undo names it: by its own name where it has one. */
const toName = ({ kind, label }: Measure): string => (label ? `${KIND_NAMES[kind]} “${label}”` : KIND_NAMES[kind])

export interface MeasuresDeps {
  readonly screen: Screen
  readonly viewer: Viewer
  readonly archive: StudyArchive
  /** Where the measures of a study are kept. */
  measureTable(studyId: string): OwnTable<Measure>
}

/** What a person measures in the study being read: each change is written, and can be taken back and done again; what another window makes of it shows here. */
export class Measures {
  readonly #kept = new Map<string, KeptThings<Measure>>()
  /** By the measure as it is: one that was changed is read again. */
  readonly #values = new WeakMap<Measure, readonly MeasureValue[]>()

  constructor(
    private readonly deps: MeasuresDeps,
    private readonly desk: Desk,
    private readonly history: History,
  ) {}

  /** Brings back what was measured in the study on an earlier visit. */
  async restore(study: StudySession): Promise<void> {
    if (this.#kept.has(study.id)) return this.#show(study)
    const kept = new KeptThings<Measure>(this.deps.screen, this.deps.measureTable(study.id))
    this.#kept.set(study.id, kept)
    await kept.load()
    kept.follow(() => this.#show(study))
    this.#show(study, { unreadableCount: kept.unreadableCount })
  }

  draw(shape: MeasureShape): void {
    const study = this.desk.read
    if (!study) return
    const color = study.state.measures.items.at(-1)?.measure.color ?? MEASURE_COLORS[0]
    const made = { id: createId(), studyId: study.id, createdAtMs: Date.now(), label: '', color, tie: null }
    const measure: Measure = { ...made, ...shape }
    this.#change(`${KIND_NAMES[shape.kind]} drawn`, [measure])
    this.select(measure.id)
  }

  /** Drawings that came from elsewhere become the reader's own, as one change. */
  take(drawings: readonly { readonly shape: MeasureShape; readonly label: string }[]): void {
    const study = this.desk.read
    if (!study || drawings.length === 0) return
    const now = Date.now()
    const taken = drawings.map(({ shape, label }, n): Measure => {
      const made = { id: createId(), studyId: study.id, createdAtMs: now + n, color: MEASURE_COLORS[0], tie: null }
      return { ...made, ...shape, label }
    })
    this.#change(`${taken.length} taken over`, taken)
    this.select(taken[0].id)
  }

  reshape = (id: string, points: readonly Vec3[]): void => this.#edit(id, 'changed', { points })

  rename(id: string, label: string): void {
    const trimmed = label.trim()
    if (trimmed !== this.#find(id)?.label) this.#edit(id, 'named', { label: trimmed })
  }

  /** The next colour. */
  recolor(id: string): void {
    const at = MEASURE_COLORS.indexOf(this.#find(id)?.color ?? MEASURE_COLORS[0])
    this.#edit(id, 'coloured', { color: MEASURE_COLORS[(at + 1) % MEASURE_COLORS.length] })
  }

  /** Says what it is about; null: nothing. */
  tie = (id: string, tie: MeasureTie | null): void => this.#edit(id, tie ? 'tied' : 'untied', { tie })

  remove(id: string): void {
    const measure = this.#find(id)
    if (measure) this.#change(`${toName(measure)} deleted`, [], [id])
  }

  /** Marks it in list and views; the views stay where they are. */
  select(id: string | null): void {
    const selectedId = id !== null && this.#find(id) ? id : null
    this.desk.read?.show('measures', { selectedId, handle: null })
  }

  /** Brings the views to it; planes none of which shows it turn to it. */
  jump(id: string): void {
    const measure = this.#find(id)
    if (!measure) return
    this.select(id)
    turnToMeasure(this.deps.screen, measure)
    this.deps.viewer.setCrosshair(toMeasureCentre(measure))
  }

  /** The next handle of the chosen measure is what keys move; after the last the whole. */
  nextHandle(): void {
    const study = this.desk.read
    const { selectedId, handle } = study?.state.measures ?? { selectedId: null, handle: null }
    const measure = selectedId === null ? null : this.#find(selectedId)
    if (!study || !measure) return
    const next = handle === null ? 0 : handle + 1
    study.show('measures', { handle: next < toHandles(measure).length ? next : null })
  }

  /** Moves the handle that was chosen, or the whole, along its plane, mm. */
  nudge(rightMm: number, upMm: number): void {
    const { selectedId, handle } = this.desk.read?.state.measures ?? { selectedId: null, handle: null }
    const measure = selectedId === null ? null : this.#find(selectedId)
    if (!measure) return
    const { right, up } = measure.plane
    const by = addScaled(addScaled([0, 0, 0], right, rightMm), up, upMm)
    const from = handle === null ? null : toHandles(measure)[handle]
    const moved =
      from && handle !== null ? moveHandle(measure, handle, addScaled(from, by, 1)) : moveMeasure(measure, by)
    this.reshape(measure.id, moved.points)
  }

  /** The measures of the study being read as a DICOM structured report, and what it is called; null while there are none. */
  async toReport(version: string): Promise<Result<NamedReport> | null> {
    const study = this.desk.read
    const { volume } = study ?? {}
    if (!study || !volume || study.state.measures.items.length === 0) return null
    const { model, own } = this.deps.screen.get()
    const named = [...model.findings, ...own.findings]
    return writeReport(study, volume, version, (tied) => named.find(({ id }) => id === tied) ?? null)
  }

  /** All of the study being read, a line each. */
  toText(): string {
    const items = this.desk.read?.state.measures.items ?? []
    return items.map(({ measure, values }) => toReportLine(measure, values)).join('\n')
  }

  #find(id: string): Measure | null {
    return (this.desk.read && this.#kept.get(this.desk.read.id)?.find(id)) ?? null
  }

  #edit(id: string, what: string, change: Partial<Measure>): void {
    const measure = this.#find(id)
    if (measure) this.#change(`${toName(measure)} ${what}`, [{ ...measure, ...change }])
  }

  #change(text: string, measures: readonly Measure[], removed: readonly string[] = []): void {
    const study = this.desk.read
    const kept = study && this.#kept.get(study.id)
    if (!study || !kept) return
    const change = kept.change(measures, removed)
    this.history.add({ kind: 'measure', text, scopes: [study.id], change, show: () => this.#show(study) })
  }

  #show(study: StudySession, change: Partial<StudySession['state']['measures']> = {}): void {
    const kept = this.#kept.get(study.id)
    if (!kept) return
    const { selectedId, items } = study.state.measures
    study.show('measures', {
      items: kept.all.map((measure) => ({ measure, values: this.#read(study, measure) })),
      selectedId: selectedId !== null && kept.find(selectedId) ? selectedId : null,
      whyNoReport: study.volume ? whyNoReport(study.volume) : null,
      ...change,
    })
    if ((items.length === 0) !== (kept.all.length === 0)) void noteStudy(this.deps.archive, study)
  }

  #read(study: StudySession, measure: Measure): readonly MeasureValue[] {
    const known = this.#values.get(measure)
    if (known || !study.volume) return known ?? []
    const values = readMeasure(study.volume, measure)
    this.#values.set(measure, values)
    return values
  }
}
