import { Latest } from '../base/latest.ts'
import type { Problem, Result } from '../base/result.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { Desk, type DeskDeps } from '../session/desk.ts'
import { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'
import { type AskTextDeps, askText, loadTextTower } from './askText.ts'
import { type CompareCaseDeps, compareCase, endComparing } from './compareCase.ts'
import { Dictation, type DictationDeps } from './dictation.ts'
import { type ReadingExport, toReadingExport } from './exportReading.ts'
import { findSimilar } from './findSimilar.ts'
import { type HearFileDeps, hearFile } from './hearFile.ts'
import { type IdentifyStudyDeps, identifyStudy } from './identifyStudy.ts'
import { listKnown, toSeed } from './knownStudies.ts'
import { type LoadModelsDeps, loadModels } from './loadModels.ts'
import { type ListPacksDeps, listPacks, toWantedPack } from './offerPacks.ts'
import { endOpening, listStudies, type OpenedStudy, type OpenStudyDeps, openPhantom, openSeries } from './openStudy.ts'
import { refreshPanel } from './panel.ts'
import { type ReadVolumeDeps, readVolume } from './readVolume.ts'
import { removeUtterance, undoRemoveUtterance } from './removeUtterance.ts'
import { clearEvidence, type ShowEvidenceDeps, showEvidence } from './showEvidence.ts'
import { forgetSeen, noteShown, type Shown, showNoPack, toAskAgain } from './shownPanels.ts'
import { restoreDictation, type ShowStudyDeps, showStudy } from './showStudy.ts'

export interface ReadingDeps
  extends DeskDeps,
    LoadModelsDeps,
    ListPacksDeps,
    ReadVolumeDeps,
    ShowEvidenceDeps,
    AskTextDeps,
    CompareCaseDeps,
    OpenStudyDeps,
    IdentifyStudyDeps,
    ShowStudyDeps,
    HearFileDeps,
    DictationDeps {}

const noStudy = (name: string): Problem => ({
  code: 'no-study-for-audio',
  message: `${name} was not heard: there is no study that it could belong to.`,
  nextStep: 'Open a scan first, then drop the recording again.',
})

/** One person reading studies: ties the pack in use to the studies on the desk. What belongs to either is in its session. */
export class Reading {
  readonly #desk: Desk
  readonly #dictation: Dictation
  readonly #loading = new Latest()
  readonly #opening = new Latest()
  readonly #comparing = new Latest()
  #pack: PackSession | null = null
  #shown: Shown | null = null

  constructor(private readonly deps: ReadingDeps) {
    this.#desk = new Desk(deps)
    this.#dictation = new Dictation(deps, this.#desk)
  }

  /**
   * Loads the chosen pack; a study that is already open is read as soon as it is there. A later call takes over: what
   * an earlier one still brings is dropped.
   */
  async loadModels(): Promise<void> {
    const signal = this.#loading.begin()
    const { screen } = this.deps
    this.#takePackAway()
    await listPacks(this.deps)
    const loaded = signal.aborted ? null : await loadModels(this.deps, toWantedPack(screen.get().model), signal)
    if (signal.aborted) return
    if (!loaded) return this.#dictation.giveUp()
    const pack = new PackSession(loaded)
    this.#pack = pack
    this.#dictation.takePack(pack)
    const typing = loadTextTower(this.deps, pack)
    const underWay = Promise.all(this.#desk.sessions.map((study) => this.#bringUpToDate(study)))
    screen.patch('model', { phase: 'ready', progress: null })
    await underWay
    if (!signal.aborted) await this.#showAgain(pack, typing)
  }

  /** Changes to another pack; choosing the one in use again does nothing. */
  async choosePack(packId: string): Promise<void> {
    const { screen } = this.deps
    const { packId: current, phase } = screen.get().model
    screen.patch('model', { packChoice: packId })
    if (packId !== current || phase === 'failed') await this.loadModels()
  }

  /** Opens the best series of the files. Recordings that came with them belong to it, and are heard once it is there. */
  async openFiles(files: readonly File[], recordings: readonly File[] = []): Promise<void> {
    const signal = this.#opening.begin()
    const seriesId = await listStudies(this.deps, files, signal)
    const study = seriesId === null ? null : await this.#bring(openSeries(this.deps, seriesId, signal), signal)
    for (const recording of recordings) {
      if (study) await this.#hearFile(study, recording)
      else this.deps.screen.notify(noStudy(recording.name))
    }
  }

  async chooseSeries(seriesId: string): Promise<void> {
    const signal = this.#opening.begin()
    await this.#bring(openSeries(this.deps, seriesId, signal), signal)
  }

  async openPhantom(seed: number): Promise<void> {
    const signal = this.#opening.begin()
    await this.#bring(openPhantom(this.deps, seed, signal), signal)
  }

  /** Opens a known study again; the one on screen is encoded again. */
  async reopen(studyId: string): Promise<void> {
    const seed = toSeed(studyId)
    const study = this.#desk.find(studyId)
    if (!study?.volume) return seed === null ? undefined : await this.openPhantom(seed)
    const signal = this.#opening.begin()
    if (study === this.#desk.read) {
      endOpening(this.deps.screen)
      if (this.#pack) await this.#read(study)
    } else await this.#show(study, signal)
  }

  /** Forgets a study of an earlier visit and what was said about it. */
  async forget(studyId: string): Promise<void> {
    if (this.#desk.find(studyId)) return
    await this.deps.archive.forget(studyId)
    await this.#listKnown()
  }

  /** Studies of earlier visits that something was said about. */
  listKnown(): Promise<void> {
    return this.#listKnown()
  }

  /** Ends whatever is under way that a person waits for: opening, encoding, hearing a file, a similar case. */
  cancel(): void {
    this.#opening.end()
    if (this.deps.screen.get().desk.phase === 'working') endOpening(this.deps.screen)
    this.#comparing.end()
    if (this.deps.screen.get().desk.comparisonPhase === 'working') endComparing(this.deps)
    for (const study of this.#desk.sessions) {
      study.files.end()
      study.show('dictation', { fileProgress: null })
    }
    this.#desk.read?.rest()
  }

  /** Encodes the scan on screen where that was cancelled or failed. */
  async encodeAgain(): Promise<void> {
    const study = this.#desk.read
    if (study && this.#pack && study.state.findings.phase !== 'working') await this.#read(study)
  }

  /** Speech begins now. */
  beginSpeech(): void {
    this.#dictation.begin()
  }

  /** An utterance of the microphone: heard and kept with its own study, whichever is read by now. */
  async hear(utterance: Utterance): Promise<void> {
    const study = utterance.studyId === null ? null : this.#desk.find(utterance.studyId)
    if (!study) return this.deps.screen.notify(noStudy('What was said'))
    this.#dictation.add(study, [utterance])
    await this.#hear(study, utterance)
  }

  /** A recording belongs to the study that is read when it is given. */
  async hearFile(file: File): Promise<void> {
    const study = this.#desk.read
    if (study) await this.#hearFile(study, file)
    else this.deps.screen.notify(noStudy(file.name))
  }

  /** The sound of an utterance of the study being read. */
  findUtterance(utteranceId: string): Utterance | null {
    return this.#desk.read?.utterances.get(utteranceId) ?? null
  }

  removeUtterance(utteranceId: string): void {
    const study = this.#desk.read
    if (!study || !removeUtterance(this.deps.journal, study, utteranceId)) return
    if (study.state.heat?.kind === 'utterance') this.clearEvidence()
    refreshPanel(this.deps.screen, study)
    if (study.state.similar.query.kind === 'utterance') this.setSimilarQuery({ kind: 'ct' })
  }

  undoRemoveUtterance(): void {
    const study = this.#desk.read
    if (!study || !undoRemoveUtterance(this.deps.journal, study)) return
    // It may have been removed before it was heard, or been scored by another pack.
    void this.#hearAgain(study)
  }

  /** What lies under another id is this study's, as a person says. */
  async adopt(storedUnder: string): Promise<void> {
    const study = this.#desk.read
    if (!study) return
    await this.deps.journal.adopt(storedUnder, study.id)
    const offers = study.state.dictation.offers.filter((offer) => offer.storedUnder !== storedUnder)
    study.show('dictation', { offers })
    study.isRestored = false
    await restoreDictation(this.deps.journal, study)
    await Promise.all([this.#hearAgain(study), this.#listKnown()])
  }

  /** The offer is not wanted; what it names stays where it is. */
  declineOffer(storedUnder: string): void {
    const study = this.#desk.read
    if (!study) return
    const offers = study.state.dictation.offers.filter((offer) => offer.storedUnder !== storedUnder)
    study.show('dictation', { offers })
  }

  /** The reading as data, or null while there is none. */
  toExport(isIdentified = false): ReadingExport | null {
    const study = this.#desk.read
    return this.#pack && study && toReadingExport(this.deps.screen, study, this.#pack.pack, isIdentified)
  }

  /** A finding, an utterance or a typed sentence: where the model sees it, and who else has it. */
  async select(query: SimilarQuery): Promise<void> {
    const [pack, study] = [this.#pack, this.#desk.read]
    if (!pack || !study) return
    this.setSimilarQuery(query)
    if (query.kind !== 'ct') await showEvidence(this.deps, pack, study, query)
  }

  /** A typed sentence, as an utterance: who else has it, and where the model sees it. */
  async ask(typed: string): Promise<void> {
    const text = typed.trim()
    const [pack, study] = [this.#pack, this.#desk.read]
    if (!text || !pack || !study) return
    const query = await askText(this.deps, pack, study, text)
    if (!query) return
    const { typed: before } = study.state.similar
    if (before.at(-1) !== text) study.show('similar', { typed: [...before, text] })
    await this.select(query)
  }

  /** Takes the typed sentence back: the list is of this CT again, and its heat goes. */
  clearTyped(): void {
    const study = this.#desk.read
    if (study?.state.heat?.kind === 'text') this.clearEvidence()
    if (study?.state.similar.query.kind === 'text') this.setSimilarQuery({ kind: 'ct' })
  }

  setSimilarQuery(query: SimilarQuery): void {
    if (this.#pack && this.#desk.read) void findSimilar(this.#pack, this.#desk.read, query)
  }

  async openSimilarCase(caseId: string): Promise<void> {
    if (this.#pack) await compareCase(this.deps, this.#pack, this.#desk, caseId, this.#comparing.begin())
  }

  closeComparison(): void {
    this.#comparing.end()
    this.deps.comparisonViewer.clear()
    this.#desk.takeFromBeside()
  }

  setHeatOpacity(opacity: number): void {
    this.deps.screen.patch('view', { heatOpacity: opacity })
    if (this.#desk.read?.heat) this.deps.viewer.setHeat(this.#desk.read.heat, opacity)
  }

  clearEvidence(): void {
    if (this.#desk.read) clearEvidence(this.deps, this.#desk.read)
  }

  /** Nothing of the pack in use stays: neither its scores, nor its heat, nor an answer that is still to come. */
  #takePackAway(): void {
    this.#shown ??= noteShown(this.#desk.read)
    this.#pack?.end()
    this.#pack = null
    for (const study of this.#desk.sessions) {
      clearEvidence(this.deps, study)
      forgetSeen(this.deps.screen, study)
    }
    showNoPack(this.deps.screen)
  }

  /** Heat and similar cases as they were asked for, by the pack that is there now; what was asked since comes first. */
  async #showAgain(pack: PackSession, typing: Promise<void>): Promise<void> {
    const shown = this.#shown
    this.#shown = null
    const again = toAskAgain(pack, this.#desk.read, shown)
    if (again?.kind === 'text') {
      await typing
      if (!pack.signal.aborted && this.deps.screen.get().model.textPhase === 'ready') await this.ask(again.text)
    } else if (shown?.heat && again) await this.select(shown.heat)
    else if (again && again.kind !== 'ct') this.setSimilarQuery(again)
  }

  /** An opened study under its own id, on the desk and on screen. Null where it was not shown. */
  async #bring(opening: Promise<OpenedStudy | null>, signal: AbortSignal): Promise<StudySession | null> {
    const opened = await opening
    if (!opened) return null
    const { study, volume, offers, notice } = await identifyStudy(this.deps, opened)
    if (signal.aborted) return null
    if (notice) this.deps.screen.notify(notice, 'warning')
    const session = this.#desk.take(study, volume)
    session.show('dictation', { offers })
    return (await this.#show(session, signal)) ? session : null
  }

  async #show(study: StudySession, signal: AbortSignal): Promise<boolean> {
    if (!(await showStudy(this.deps, this.#desk, study, signal))) return false
    void this.#note(study)
    await this.#bringUpToDate(study)
    return true
  }

  async #note({ state: { study } }: StudySession): Promise<void> {
    const { id, content, title, origin } = study
    await this.deps.archive.note({ id, content, title, subtitle: origin, openedAtMs: Date.now() })
    await this.#listKnown()
  }

  #listKnown(): Promise<void> {
    return listKnown(this.deps, this.deps.archive, this.#desk)
  }

  /** By the pack in use: the scan read where it is on screen and was not yet, and all that was said heard. */
  async #bringUpToDate(study: StudySession): Promise<void> {
    const isRead = study === this.#desk.read
    if (isRead && study.seen && study.state.similar.cases.length === 0) this.setSimilarQuery({ kind: 'ct' })
    await Promise.all([isRead && !study.seen && this.#pack && this.#read(study), this.#hearAgain(study)])
  }

  async #read(study: StudySession): Promise<void> {
    const pack = this.#pack
    if (!pack || !(await readVolume(this.deps, pack, study))) return
    refreshPanel(this.deps.screen, study)
    await this.#listCases(pack, study)
  }

  #listCases(pack: PackSession, study: StudySession): Promise<void> {
    return study.state.similar.query.kind === 'ct' ? findSimilar(pack, study, { kind: 'ct' }) : Promise.resolve()
  }

  /** The study's list of similar cases follows what was said last. */
  async #hear(study: StudySession, utterance: Utterance): Promise<void> {
    const start = performance.now()
    const pack = this.#pack
    const outcome = await this.#dictation.hear(pack, study, utterance)
    if (outcome === 'later') return
    refreshPanel(this.deps.screen, study)
    performance.measure('voxct:end-of-speech-to-panel', { start })
    if (outcome === 'heard' && pack) void findSimilar(pack, study, { kind: 'utterance', utteranceId: utterance.id })
  }

  async #hearFile(study: StudySession, file: File): Promise<void> {
    const heard: Result<Utterance[]> | null = await hearFile(this.deps, study, file)
    if (!heard) return
    if (!heard.ok) return this.deps.screen.notify(heard.problem)
    this.#dictation.add(study, heard.value)
    for (const utterance of heard.value) await this.#hear(study, utterance)
  }

  async #hearAgain(study: StudySession): Promise<void> {
    const pack = this.#pack
    if (pack) await this.#dictation.hearAgain(pack, study)
    if (pack === this.#pack) refreshPanel(this.deps.screen, study)
  }
}
