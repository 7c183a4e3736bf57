import { Latest } from '../base/latest.ts'
import { type Span, toScanSpan } from '../domain/ct/chestRegion/lungSpan.ts'
import { toSliceStacks } from '../domain/geometry/sliceStack.ts'
import type { StudyRole } from '../domain/layout/layout.ts'
import { Desk, type DeskDeps } from '../session/desk.ts'
import { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import { loadTextTower } from './askText.ts'
import { Corrections } from './corrections.ts'
import { DictatedReport, type DictatedReportDeps } from './dictatedReport.ts'
import { Dictation, type DictationDeps } from './dictation.ts'
import { EarlierReports, type EarlierReportsDeps } from './earlierReports.ts'
import { type ReadingExport, toReadingExport } from './exportReading.ts'
import { findSimilar } from './findSimilar.ts'
import { Flick } from './flick.ts'
import { History } from './history.ts'
import { KeyImages, type KeyImagesDeps } from './keyImages.ts'
import { LabelMaps, type LabelMapsDeps } from './labelMaps.ts'
import { LiveTranscript, type LiveTranscriptDeps } from './liveTranscript.ts'
import { type LoadModelsDeps, loadModels } from './loadModels.ts'
import { loadTranscriber } from './loadTranscriber.ts'
import { Measures, type MeasuresDeps } from './measures.ts'
import { Nodules, type NodulesDeps } from './nodules.ts'
import { type ListPacksDeps, listPacks, toWantedPack } from './offerPacks.ts'
import type { FoundBeside } from './openStudy.ts'
import { Overlays } from './overlays.ts'
import { OwnFindings, type OwnFindingsDeps } from './ownFindings.ts'
import { OwnLibraries, type OwnLibrariesDeps } from './ownLibraries.ts'
import { OwnTemplates, type OwnTemplatesDeps } from './ownTemplates.ts'
import { Priors, type PriorsDeps } from './priors.ts'
import { Questions, type QuestionsDeps } from './questions.ts'
import { readStudy } from './readStudy.ts'
import type { ReadVolumeDeps } from './readVolume.ts'
import { RemoteLibraries, type RemoteLibrariesDeps } from './remoteLibraries.ts'
import { Reports } from './reports.ts'
import { SafetyNet } from './safetyNet.ts'
import { clearEvidence } from './showEvidence.ts'
import { forgetSeen, noteShown, type Shown, showNoPack, toAskAgain } from './shownPanels.ts'
import { Studies, type StudiesDeps } from './studies.ts'
import { writeOnce } from './writeOnce.ts'

export interface ReadingDeps
  extends DeskDeps,
    LoadModelsDeps,
    ListPacksDeps,
    ReadVolumeDeps,
    StudiesDeps,
    DictationDeps,
    LiveTranscriptDeps,
    MeasuresDeps,
    LabelMapsDeps,
    KeyImagesDeps,
    DictatedReportDeps,
    EarlierReportsDeps,
    NodulesDeps,
    OwnFindingsDeps,
    OwnLibrariesDeps,
    OwnTemplatesDeps,
    RemoteLibrariesDeps,
    QuestionsDeps,
    PriorsDeps {}

/**
 * One person reading studies: ties the pack in use to the studies on the desk, to what is said and to what is asked.
 * What belongs to a pack or to a study is in its session.
 */
export class Reading {
  readonly #desk: Desk
  readonly #loading = new Latest()
  #shown: Shown | null = null
  readonly studies: Studies
  readonly dictation: Dictation
  readonly live: LiveTranscript
  readonly history: History
  readonly corrections: Corrections
  readonly measures: Measures
  readonly keyImages: KeyImages
  readonly report: DictatedReport
  readonly safety: SafetyNet
  readonly nodules: Nodules
  readonly reports: Reports
  readonly earlier: EarlierReports
  readonly overlays: Overlays
  readonly labelMaps: LabelMaps
  readonly own: OwnFindings
  readonly libraries: OwnLibraries
  readonly templates: OwnTemplates
  readonly remote: RemoteLibraries
  readonly questions: Questions
  readonly priors: Priors
  readonly flick: Flick

  constructor(private readonly deps: ReadingDeps) {
    this.#desk = new Desk(deps)
    const hearing = { ...deps, transcriber: writeOnce(deps.transcriber) }
    this.dictation = new Dictation(hearing, this.#desk, (study, id) => this.report.bindMeasure(study, id))
    this.live = new LiveTranscript(deps, this.#desk)
    this.history = new History(deps.screen, this.#desk)
    this.corrections = new Corrections(deps, this.#desk, this.history, (study) => this.dictation.hearAgain(study))
    this.measures = new Measures(deps, this.#desk, this.history)
    this.keyImages = new KeyImages(deps, this.#desk, this.history)
    this.report = new DictatedReport(deps, this.#desk, this.history)
    this.safety = new SafetyNet(deps, this.#desk)
    this.nodules = new Nodules(deps, this.#desk, this.measures)
    this.reports = new Reports(deps, this.#desk, this.measures)
    this.earlier = new EarlierReports(deps, this.#desk)
    this.overlays = new Overlays(deps, this.#desk)
    this.labelMaps = new LabelMaps(deps, this.#desk, this.overlays)
    this.own = new OwnFindings(deps, this.#desk, this.history, (study) => this.dictation.hearAgain(study))
    this.libraries = new OwnLibraries(deps, this.#desk, this.history, () => this.#searchAgain())
    this.templates = new OwnTemplates(deps, this.history)
    this.remote = new RemoteLibraries(deps, this.#desk, () => this.#searchAgain())
    this.questions = new Questions(deps, this.#desk)
    this.priors = new Priors(deps, this.#desk, this.questions, (study) => this.#restoreMarks(study))
    const onRead = (study: StudySession, isAnother: boolean) => {
      // A case that resembles the former study is not one that resembles this.
      if (isAnother) {
        this.questions.endComparison()
        void this.priors.restore(study)
        this.live.cut()
      }
      void this.#restoreMarks(study)
      this.#showBeside(study)
      deps.onRead(study, isAnother)
    }
    this.studies = new Studies({ ...deps, onRead }, this.#desk, (study, due) => this.#bringUpToDate(study, due))
    this.flick = new Flick(deps, this.#desk, this.studies)
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
    if (!loaded) return this.dictation.giveUp()
    const pack = new PackSession(loaded)
    this.#desk.pack = pack
    this.own.takePack(pack)
    this.libraries.takePack(pack)
    await this.remote.takePack(pack)
    if (signal.aborted) return
    this.dictation.takePack(pack)
    const typing = loadTextTower(this.deps, pack)
    pack.typing = typing
    const underWay = Promise.all(this.#desk.sessions.map((study) => this.#bringUpToDate(study)))
    screen.patch('model', { phase: 'ready', progress: null })
    void loadTranscriber(this.deps, pack, underWay)
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

  /** Opens a scan; recordings that came with it belong to it, and are heard once it is there. */
  async openFiles(files: readonly File[], recordings: readonly File[] = []): Promise<void> {
    const hearing: Promise<void>[] = []
    let beside: FoundBeside = { reports: [], segmentations: [], scans: [], labelMaps: [] }
    const onBeside = (found: FoundBeside) => {
      beside = found
      this.reports.take(found.reports)
      this.earlier.take(found.reports)
      this.overlays.take(found.segmentations)
    }
    const study = await this.studies.openFiles(files, onBeside, (shown) => {
      for (const recording of recordings) hearing.push(this.dictation.hearFile(recording, shown))
    })
    if (this.#desk.read) this.#showBeside(this.#desk.read)
    this.reports.tellForeign(beside.reports)
    this.earlier.tellLeftOut(beside.reports)
    this.overlays.tellForeign(beside.segmentations)
    await this.labelMaps.settle(beside.labelMaps, beside.scans)
    if (!study) for (const recording of recordings) this.dictation.refuseFile(recording)
    await Promise.all(hearing)
  }

  /** Says whose what was kept under another id is, and brings it into the lists. */
  async adopt(storedUnder: string): Promise<void> {
    await this.dictation.adopt(storedUnder)
    await this.studies.listKnown()
  }

  /** Ends whatever is under way that a person waits for: opening, encoding, hearing a file, a similar case. */
  cancel(): void {
    this.studies.cancel()
    this.questions.cancel()
    this.priors.cancel()
    this.nodules.cancel()
    this.live.drop()
    this.dictation.cancel()
    this.#desk.read?.rest()
  }

  /** Encodes the scan on screen where that was cancelled or failed. */
  async encodeAgain(): Promise<void> {
    const study = this.#desk.read
    if (study && study.state.findings.phase !== 'working') await readStudy(this.deps, this.#desk, study)
  }

  /** The reading as data, or null while there is none. */
  toExport(isIdentified = false): ReadingExport | null {
    const { pack, read: study } = this.#desk
    return pack && study && toReadingExport(this.deps.screen, study, pack.pack, isIdentified)
  }

  /** How high the lungs of a study on screen lie, or, where nobody has looked for them, the whole of it; null where there is none. */
  spanOf(role: StudyRole): Span | null {
    const study = role === 'current' ? this.#desk.read : this.#desk.beside
    if (!study?.volume) return null
    return study.body?.lungSpan ?? toScanSpan(toSliceStacks(study.volume).axial)
  }

  /** By the pack in use: the scan read where it is on screen and was not yet, and all that was said heard. */
  async #bringUpToDate(study: StudySession, due?: AbortSignal): Promise<void> {
    const { pack, read } = this.#desk
    const isRead = study === read
    const isListed = study.state.similar.cases.length > 0
    if (pack && isRead && study.seen && !isListed) void findSimilar(pack, study, study.state.similar.query)
    await Promise.all([
      isRead && !study.seen && !due?.aborted && readStudy(this.deps, this.#desk, study),
      this.dictation.hearAgain(study),
    ])
    if (isRead && pack === this.#desk.pack) await this.questions.cases.restore(study)
  }

  /** What was measured, marked and written of a study on an earlier visit. */
  async #restoreMarks(study: StudySession): Promise<void> {
    await Promise.all([
      this.measures.restore(study),
      this.keyImages.restore(study),
      this.report.restore(study),
      this.earlier.restore(study),
    ])
  }

  /** Reports and segmentations that belong to a study. */
  #showBeside(study: StudySession): void {
    this.reports.show(study)
    this.earlier.show(study)
    this.overlays.show(study)
  }

  /** The list of the study that is read, with the cases that there are now. */
  #searchAgain(): void {
    const { pack, read: study } = this.#desk
    if (pack && study?.seen) void findSimilar(pack, study, study.state.similar.query)
  }

  /** Nothing of the pack in use stays: neither its scores, nor its heat, nor an answer that is still to come. */
  #takePackAway(): void {
    this.#shown ??= noteShown(this.#desk.read)
    this.live.cut()
    this.#desk.pack?.end()
    this.#desk.pack = null
    this.own.dropPack()
    this.libraries.dropPack()
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
      const { textPhase } = this.deps.screen.get().model
      if (!pack.signal.aborted && textPhase === 'ready') await this.questions.askAgain(again.text, shown?.heat !== null)
    } else if (again && again.kind !== 'ct') await this.questions.showAgain(again, shown?.heat !== null)
  }
}
