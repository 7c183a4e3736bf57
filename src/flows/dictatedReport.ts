import { createId } from '../base/createId.ts'
import type { Result } from '../base/result.ts'
import { toMeasureSentence } from '../domain/dictatedReport/composeReport.ts'
import {
  type AlertAnswer,
  type Origin,
  type ReportEntry,
  type ReportSentence,
  type SaidEdit,
  type SignedOf,
  toBoundId,
  toSignatureId,
  type WrittenSentence,
} from '../domain/dictatedReport/reportEntry.ts'
import { type ReportSectionId, toSection } from '../domain/dictatedReport/reportSections.ts'
import type { ReportTemplate } from '../domain/dictatedReport/reportTemplates.ts'
import { toReportText } from '../domain/dictatedReport/reportText.ts'
import { endsWithMeasured } from '../domain/dictatedReport/spokenMeasure.ts'
import { labelOf, type NamedFinding } from '../domain/findings/finding.ts'
import { toSliceNumber, toSliceStacks } from '../domain/geometry/sliceStack.ts'
import type { KeyImage } from '../domain/keyImage/keyImage.ts'
import { toMeasureCentre, toPlaneName } from '../domain/measure/measure.ts'
import { toNamedNumbers } from '../domain/measure/measureText.ts'
import type { ReadMeasure } from '../domain/measure/readMeasure.ts'
import type { UnmentionedAlert } from '../domain/safety/alert.ts'
import { formatHeatPlace } from '../domain/safety/alertText.ts'
import { toPatientText } from '../domain/study/samePatient.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import type { StudyArchive } from '../storage/studyArchive.ts'
import type { History } from './history.ts'
import { noteStudy } from './identifyStudy.ts'
import { KeptThings } from './keptThings.ts'
import { writeDictatedReport } from './writeDictatedReport.ts'
import type { NamedReport } from './writeReport.ts'

export interface DictatedReportDeps {
  readonly screen: Screen
  readonly archive: StudyArchive
  /** Where what is kept of the report of a study lies. */
  reportTable(studyId: string): OwnTable<ReportEntry>
  /** Salted, for what is kept. */
  hashPatient(name: string): string
}

type NewSentence = Pick<WrittenSentence, 'section' | 'text' | 'origin'>

/**
 * The report of the study being read, which the dictation writes: what a person changes of its sentences, puts in and signs is
 * kept, and each change can be taken back and done again.
 */
export class DictatedReport {
  readonly #kept = new Map<string, KeptThings<ReportEntry>>()

  constructor(
    private readonly deps: DictatedReportDeps,
    private readonly desk: Desk,
    private readonly history: History,
  ) {}

  /** Brings back what was made of the report on an earlier visit, and follows what another window makes of it. */
  async restore(study: StudySession): Promise<void> {
    if (this.#kept.has(study.id)) return this.#show(study)
    const kept = new KeptThings<ReportEntry>(this.deps.screen, this.deps.reportTable(study.id))
    this.#kept.set(study.id, kept)
    await kept.load()
    kept.follow(() => this.#show(study))
    study.show('report', { unreadableCount: kept.unreadableCount })
    this.#show(study)
  }

  /** Other words for a sentence; null, and those that it came with, bring back what it came from. Of no words it is removed. */
  rewrite(sentenceId: string, text: string | null): void {
    const sentence = this.#find(sentenceId)
    if (!sentence) return
    const trimmed = text?.trim() ?? null
    if (trimmed === sentence.text) return
    const cameWith = sentence.original ?? sentence.text
    if (trimmed === '') this.remove(sentenceId)
    else
      this.#change('Sentence changed', [
        this.#edited(sentence, trimmed ?? cameWith, trimmed === null || trimmed === cameWith),
      ])
  }

  move(sentenceId: string, section: ReportSectionId): void {
    const sentence = this.#find(sentenceId)
    if (!sentence || sentence.section === section) return
    this.#change('Sentence moved', [{ ...this.#entryOf(sentence), section }])
  }

  remove(sentenceId: string): void {
    const sentence = this.#find(sentenceId)
    if (!sentence) return
    const entry = this.#entryOf(sentence)
    if (entry.kind === 'said') this.#change('Sentence removed', [{ ...entry, isRemoved: true }])
    else this.#change('Sentence removed', [], [sentenceId])
  }

  /** A sentence of the reader's own, typed. */
  type(section: ReportSectionId, text: string): void {
    const trimmed = text.trim()
    if (trimmed) this.#insert('Sentence typed', [{ section, text: trimmed, origin: { by: 'typed' } }])
  }

  /** A template's sentences; they give way to what is said of the same organs (`composeReport`). Those that are there stay. */
  insert(template: ReportTemplate): void {
    const { read } = this.desk
    if (!read) return
    const origin: Origin = { by: 'template', name: template.name }
    const isThere = ({ section, text }: ReportTemplate['sentences'][number]) =>
      read.state.report.entries.some((one) => one.kind === 'written' && one.section === section && one.from === text)
    const sentences = template.sentences.filter((one) => !isThere(one)).map((one) => ({ ...one, origin }))
    this.#insert(`“${template.name}” inserted`, sentences)
  }

  /** A measure with its numbers and its place: the given one, else the chosen or the last. */
  insertMeasure(measureId?: string): void {
    const { read } = this.desk
    const found = read && findMeant(read, measureId)
    if (found) this.#insert('Measure put into the report', [toMeasured(read, found)])
  }

  /** An utterance that says "measured" means the measure that is chosen as it was said, or the last one. */
  bindMeasure(study: StudySession, utteranceId: string): void {
    const says = study.report.some(
      ({ origin, text }) => origin.by === 'said' && origin.utteranceId === utteranceId && endsWithMeasured(text),
    )
    const found = says && findMeant(study)
    if (!found) return
    const { measure } = found
    const made = { id: toBoundId(utteranceId), studyId: study.id, createdAtMs: Date.now() }
    const place = toPlaceText(study, measure)
    this.#change(
      'Numbers put behind “measured”',
      [{ ...made, kind: 'bound', utteranceId, measureId: measure.id, place }],
      [],
      study,
    )
  }

  /** What the reader makes of an alert of the safety net; taking what was seen puts a sentence in. */
  answer(alertId: string, answer: AlertAnswer['answer'], reason = ''): void {
    const { read } = this.desk
    const alert = read?.state.report.net?.alerts.find(({ id }) => id === alertId)
    if (!read || !alert) return
    const made = { id: createId(), studyId: read.id, createdAtMs: Date.now() }
    const kept: AlertAnswer = { ...made, kind: 'answer', alertId, answer, reason: reason.trim() }
    const isTaken = answer === 'accepted' && alert.kind === 'unmentioned'
    const taken = isTaken ? this.#toEntries(read, [toAccepted(alert, this.deps.screen.get().model.findings)]) : []
    this.#change(isTaken ? 'Suggestion accepted' : `Suggestion ${answer}`, [kept, ...taken])
  }

  /** Puts a name of now under what stands there, also of a study that was left: from here on a change of it is told. */
  sign(studyId = this.desk.read?.id): void {
    const study = studyId === undefined ? null : this.desk.find(studyId)
    if (!study || study.report.length === 0) return
    const made = { id: toSignatureId(study.id), studyId: study.id, createdAtMs: Date.now() }
    this.#change(
      'Report signed',
      [{ ...made, kind: 'signed', text: toReportText(study.report), of: this.#toSignedOf(study) }],
      [],
      study,
    )
  }

  /** By which it is found again beside another study of the patient. */
  #toSignedOf({ state }: StudySession): SignedOf | null {
    const { identity } = state.study
    const person = toPatientText(identity)
    if (person === null || !identity) return null
    const { studyDate, studyDescription: study } = identity
    return { patient: this.deps.hashPatient(person), studyDate, study }
  }

  /** Takes the signature off. */
  unsign(): void {
    const { read } = this.desk
    const id = read && toSignatureId(read.id)
    if (id && this.#kept.get(read.id)?.find(id)) this.#change('Signature taken off', [], [id])
  }

  /** The report of the study being read as a DICOM structured report, and what it is called; null while it is empty. */
  async toDicom(keyImages: readonly KeyImage[], version: string): Promise<Result<NamedReport> | null> {
    const { read } = this.desk
    return read && writeDictatedReport(read, keyImages, version)
  }

  #find(sentenceId: string): ReportSentence | null {
    return this.desk.read?.report.find(({ id }) => id === sentenceId) ?? null
  }

  /** What is kept of a sentence, or would be. */
  #entryOf({ id, origin, text, original }: ReportSentence): SaidEdit | WrittenSentence {
    const study = this.desk.read as StudySession
    const kept = this.#kept.get(study.id)?.find(id)
    if (kept?.kind === 'said' || kept?.kind === 'written') return kept
    if (origin.by !== 'said') throw new Error(`Impossible state: the sentence ${id} is not kept`)
    const { utteranceId, index } = origin
    const made = { id, studyId: study.id, createdAtMs: Date.now() }
    const from = original ?? text
    return { ...made, kind: 'said', utteranceId, index, from, text: null, section: null, isRemoved: false }
  }

  #edited(sentence: ReportSentence, text: string, isAsItCame: boolean): SaidEdit | WrittenSentence {
    const entry = this.#entryOf(sentence)
    const cameWith = sentence.original ?? sentence.text
    if (entry.kind === 'said') return { ...entry, from: cameWith, text: isAsItCame ? null : text }
    return entry.origin.by === 'typed' ? { ...entry, text, from: text } : { ...entry, text, from: cameWith }
  }

  #insert(what: string, sentences: readonly NewSentence[]): void {
    const { read } = this.desk
    if (read && sentences.length > 0) this.#change(what, this.#toEntries(read, sentences))
  }

  #toEntries(study: StudySession, sentences: readonly NewSentence[]): WrittenSentence[] {
    const afterUtteranceId = study.state.dictation.utterances.at(-1)?.id ?? null
    const now = Date.now()
    return sentences.map((sentence, n): WrittenSentence => {
      const made = { id: createId(), studyId: study.id, createdAtMs: now + n }
      return { ...made, kind: 'written', ...sentence, from: sentence.text, afterUtteranceId }
    })
  }

  #change(
    text: string,
    entries: readonly ReportEntry[],
    removed: readonly string[] = [],
    study = this.desk.read,
  ): void {
    const kept = study && this.#kept.get(study.id)
    if (!study || !kept) return
    const change = kept.change(entries, removed)
    this.history.add({ kind: 'report', text, scopes: [study.id], change, show: () => this.#show(study) })
  }

  #show(study: StudySession): void {
    const kept = this.#kept.get(study.id)
    if (!kept) return
    const isFirstOrLast = (kept.all.length === 0) !== (study.state.report.entries.length === 0)
    study.show('report', { entries: kept.all })
    // The study is listed for reopening by what there is of it.
    if (isFirstOrLast) void noteStudy(this.deps.archive, study)
  }
}

/** "Left pleural effusion." at the place that the model sees, in the words of the reader's suggestion. */
function toAccepted(alert: UnmentionedAlert, findings: readonly NamedFinding[]): NewSentence {
  const { findingId, probability, heat } = alert
  const place = heat ? formatHeatPlace(findingId, heat) : ''
  const label = labelOf(findings, findingId)
  const text = place ? `${label}, ${place}.` : `${label}.`
  return {
    section: toSection(label, [findingId]) ?? 'other',
    text,
    origin: { by: 'accepted', findingId, probability, place },
  }
}

/** The given measure, else the chosen one, else the last. */
function findMeant({ state }: StudySession, measureId?: string): ReadMeasure | null {
  const { items, selectedId } = state.measures
  return items.find(({ measure }) => measure.id === (measureId ?? selectedId)) ?? items.at(-1) ?? null
}

/** With the organ of the finding that it is tied to, else with what was said last. */
function toMeasured(study: StudySession, { measure, values }: ReadMeasure): NewSentence {
  const numbers = toNamedNumbers(measure, values)
  const tied = measure.tie?.kind === 'finding' ? [measure.tie.id] : []
  const last = study.report.findLast(({ origin }) => origin.by === 'said')?.section
  const section = toSection(measure.label, tied) ?? last ?? 'other'
  const place = toPlaceText(study, measure)
  return { section, text: toMeasureSentence(numbers, place), origin: { by: 'measured', measureId: measure.id, place } }
}

function toPlaceText({ volume }: StudySession, measure: ReadMeasure['measure']): string {
  const plane = toPlaneName(measure.plane)
  if (plane === 'oblique' || !volume) return plane
  const stack = toSliceStacks(volume)[plane]
  return `${plane} ${toSliceNumber(stack, toMeasureCentre(measure))} / ${stack.count}`
}
