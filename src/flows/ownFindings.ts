import { failure, type Problem, type Result, success } from '../base/result.ts'
import type { Teacher } from '../cases/client/teacher.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import { type OwnFindingsFile, readOwnFile, toOwnFile } from '../domain/findings/taught/ownFile.ts'
import {
  type EncoderKey,
  joinExamples,
  type OwnExample,
  type OwnFinding,
  toOwnId,
  withExample,
  withoutExample,
} from '../domain/findings/taught/ownFinding.ts'
import { toLabel, toSpokenFinding } from '../domain/findings/taught/ownWords.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import type { History, Reversible } from './history.ts'
import { KeptThings } from './keptThings.ts'
import { type MarkPlaceDeps, markPlace } from './markPlace.ts'
import { OwnFits } from './ownFits.ts'
import { askForPrompt } from './ownPrompt.ts'
import { nothingToMark, showOwn, toExample } from './ownScreen.ts'
import { refreshPanel } from './panel.ts'

export interface OwnFindingsDeps extends MarkPlaceDeps {
  readonly screen: Screen
  readonly speechEngine: SpeechEngine
  readonly teacher: Teacher
  readonly ownFindings: OwnTable<OwnFinding>
  /** Salted hash of what names a patient. */
  hashPatient(name: string): string
}

/** Which finding is meant: one that is there, or a name for one that may be new. */
export type OwnTarget = { readonly id: FindingId } | { readonly label: string; readonly synonyms?: readonly string[] }

export const toEncoderKey = ({ pack: { manifest, encoder } }: PackSession): EncoderKey => ({
  packId: manifest.id,
  packTitle: manifest.title,
  encoder,
})

/** By which words the reader's own findings are heard. */
const toWords = ({ own }: PackSession): string => JSON.stringify(own.map(({ finding }) => toSpokenFinding(finding)))

/** Whether its embeddings were made by that encoder. */
export const isOfEncoder = ({ of }: { readonly of: EncoderKey }, key: EncoderKey): boolean =>
  of.packId === key.packId && of.encoder === key.encoder

/** The order in which changes of the reader's own findings are taken back, whichever study is read. */
const ORDER = 'own findings'

/** Four hexadecimal digits: ids are told apart by their words already. */
const toSuffix = (): string =>
  Math.floor(Math.random() * 0x10000)
    .toString(16)
    .padStart(4, '0')

/**
 * Findings of the reader's own: taught by marking scans or asked for by words, for the pack that made the embeddings. Kept
 * on the device; every change can be taken back.
 */
export class OwnFindings {
  readonly #kept: KeptThings<OwnFinding>
  readonly #fits: OwnFits
  /** They go with the last of their marks. */
  readonly #madeByMarks = new Set<FindingId>()

  /** `hearAgain`: brings what was said about a study up to the words that are known now. */
  constructor(
    private readonly deps: OwnFindingsDeps,
    private readonly desk: Desk,
    private readonly history: History,
    private readonly hearAgain: (study: StudySession) => Promise<void>,
  ) {
    this.#kept = new KeptThings(deps.screen, deps.ownFindings)
    const isCurrent = ({ id, examples }: OwnFinding) => this.#kept.find(id)?.examples === examples
    this.#fits = new OwnFits(deps, isCurrent, (pack) => this.#publish(pack))
    void this.#kept.load().then(() => this.#bringUpToDate())
  }

  /** Before anything is heard by the pack: the reader's own words belong to it. */
  takePack(pack: PackSession): void {
    void this.#fits.fitAll(pack, this.#ofPack(pack))
    this.#publish(pack)
  }

  /** No pack is in use: its findings leave the screen, and wait for it. */
  dropPack(): void {
    this.#fits.end()
    this.deps.screen.patch('own', { findings: [], elsewhere: [] })
  }

  /** Marks the scan that is read, or takes its mark back. Gives the finding's id, or null where nothing can be marked. */
  mark(target: OwnTarget, isPresent: boolean | null, place: Float32Array | null = null): FindingId | null {
    const { pack, read: study } = this.desk
    const { hashPatient } = this.deps
    const example = pack && study && isPresent !== null ? toExample(pack, study, isPresent, hashPatient, place) : null
    if (!pack || !study || (isPresent !== null && !example)) {
      this.deps.screen.notify(nothingToMark(study), 'warning')
      return null
    }
    const finding = this.#take(pack, target)
    if (!finding) return null
    const how = isPresent === null ? 'no example any more' : `marked ${isPresent ? 'present' : 'absent'}`
    const change = this.#changeMark(finding, study.id, example)
    this.#note(`${finding.label} ${how}`, change, [study.id])
    return finding.id
  }

  /** The scan shows it, and where: at the crosshair. */
  async markHere(target: OwnTarget): Promise<FindingId | null> {
    const { pack, read: study } = this.desk
    if (!pack || !study?.seen) return this.mark(target, true)
    const place = await markPlace(this.deps, pack, study)
    return place && this.desk.read === study && this.desk.pack === pack ? this.mark(target, true, place) : null
  }

  /** A finding by its name alone, to be marked later. */
  add(label: string, synonyms: readonly string[]): FindingId | null {
    const { pack } = this.desk
    const known = this.#find({ label })
    if (!pack || known) return known?.id ?? null
    const finding = this.#take(pack, { label, synonyms })
    return finding && this.#change(`${finding.label} added`, [finding])
  }

  /** A row that is scored by words alone, where the pack reads sentences. */
  async ask(text: string): Promise<FindingId | null> {
    const { pack } = this.desk
    const prompt = pack && (await askForPrompt(this.deps, pack, text))
    if (!prompt || pack.signal.aborted) return null
    const finding = this.#take(pack, { label: prompt.text })
    return finding && this.#change(`${finding.label} asked for`, [{ ...finding, prompt }])
  }

  rename(id: FindingId, label: string, synonyms: readonly string[]): void {
    const finding = this.#find({ id })
    if (finding && toLabel(label) !== '')
      this.#change(`${finding.label} renamed`, [{ ...finding, label: toLabel(label), synonyms }])
  }

  remove(id: FindingId): void {
    const finding = this.#find({ id })
    if (finding) this.#change(`${finding.label} deleted`, [], [id])
  }

  /** Takes the last change back that was not taken back yet. */
  undo = (): void => this.history.undo(ORDER)

  /** Those of the pack in use as a file; one of them, or all. Null where there is none. */
  toFile(id: FindingId | null): OwnFindingsFile | null {
    const { pack } = this.desk
    const findings = this.#ofPack(pack).filter((one) => id === null || one.id === id)
    return pack && findings.length > 0 ? toOwnFile(toEncoderKey(pack), findings) : null
  }

  /** Brings in what another device has exported; of a finding that is here already the examples are joined. */
  importFile(fileName: string, text: string): Result<number> {
    const { pack } = this.desk
    if (!pack) return failure(NO_MODEL)
    const read = readOwnFile(fileName, text, toEncoderKey(pack), pack.pack.manifest.embedding.dimension)
    if (!read.ok) return read
    const joined = read.value.map((one) => {
      const known = this.#kept.find(one.id)
      return known ? { ...known, examples: joinExamples(known.examples, one.examples) } : one
    })
    this.#change(`${fileName} imported`, joined)
    return success(joined.length)
  }

  #find(target: OwnTarget): OwnFinding | undefined {
    const findings = this.#ofPack(this.desk.pack)
    if ('id' in target) return findings.find(({ id }) => id === target.id)
    const wanted = toLabel(target.label).toLowerCase()
    return findings.find(({ label }) => label.toLowerCase() === wanted)
  }

  /** The finding that is meant, or a new one by its name; null where it has neither. */
  #take(pack: PackSession, target: OwnTarget): OwnFinding | null {
    const known = this.#find(target)
    if (known) return known
    const label = 'label' in target ? toLabel(target.label) : ''
    if (!('label' in target) || label === '') return null
    const { synonyms = [] } = target
    const of = toEncoderKey(pack)
    return { id: toOwnId(label, toSuffix()), of, label, synonyms, prompt: null, examples: [], createdAtMs: Date.now() }
  }

  #ofPack(pack: PackSession | null): readonly OwnFinding[] {
    return pack ? this.#kept.all.filter((finding) => isOfEncoder(finding, toEncoderKey(pack))) : []
  }

  #change(text: string, findings: readonly OwnFinding[], removed: readonly FindingId[] = []): FindingId | null {
    this.#note(text, this.#kept.change(findings, removed))
    return findings[0]?.id ?? null
  }

  /** Marks of other scans that came since stay when this one is taken back. */
  #changeMark(finding: OwnFinding, studyId: string, example: OwnExample | null): Reversible {
    const { id } = finding
    const former = finding.examples.find((one) => one.studyId === studyId) ?? null
    if (!this.#kept.find(id)) this.#madeByMarks.add(id)
    const put = (to: OwnExample | null, isBack = false): boolean => {
      const isOfMarks = this.#madeByMarks.has(id)
      const now = this.#kept.find(id) ?? (isOfMarks ? { ...finding, examples: [] } : null)
      if (!now) return false
      const marked = to ? withExample(now, to) : withoutExample(now, studyId)
      if (isBack && isOfMarks && marked.examples.length === 0 && !marked.prompt) this.#kept.change([], [id])
      else this.#kept.change([marked])
      return true
    }
    put(example)
    return { undo: () => put(former, true), redo: () => put(example) }
  }

  /** A mark is a change of the scan as well, and is taken back with what else was changed there. */
  #note(text: string, change: Reversible, studies: readonly string[] = []): void {
    this.history.add({ kind: 'finding', text, scopes: [ORDER, ...studies], change, show: () => this.#bringUpToDate() })
  }

  /** Where words have changed what was said is read again. */
  #bringUpToDate(): void {
    const { pack } = this.desk
    if (!pack) return
    const before = toWords(pack)
    void this.#fits.fitAll(pack, this.#ofPack(pack))
    this.#publish(pack)
    if (toWords(pack) !== before) for (const study of this.desk.sessions) void this.hearAgain(study)
  }

  /** Rows and words of the pack as they stand now. */
  #publish(pack: PackSession): void {
    pack.takeOwn(this.#ofPack(pack).map((finding) => this.#fits.toFitted(finding)))
    const key = toEncoderKey(pack)
    showOwn(this.deps.screen, pack.own, {
      others: this.#kept.all.filter((finding) => !isOfEncoder(finding, key)),
      unreadableCount: this.#kept.unreadableCount,
      undo: this.history.last(ORDER).undo?.text ?? null,
      isMeasuring: (id) => this.#fits.isWorking(id),
    })
    for (const study of this.desk.sessions) refreshPanel(this.deps.screen, study)
  }
}

const NO_MODEL: Problem = {
  code: 'no-model',
  message: 'No model is loaded whose embeddings the findings could belong to.',
  nextStep: 'Load a model, then import the file again.',
}
