import type { Result } from '../base/result.ts'
import type { SeenFinding } from '../domain/findings/seen.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { OpenStudy, SimilarQuery } from '../state/appState.ts'
import type { HeatOverlay } from '../viewer/viewer.ts'
import { type AskTextDeps, askText, loadTextTower } from './askText.ts'
import { type ListPacksDeps, listPacks, toWantedPack } from './choosePack.ts'
import { type CompareCaseDeps, closeComparison, compareCase } from './compareCase.ts'
import { Dictation, type DictationDeps } from './dictation.ts'
import { type ReadingExport, toReadingExport } from './exportReading.ts'
import { findSimilar } from './findSimilar.ts'
import type { LoadedPack } from './loadedPack.ts'
import { type LoadModelsDeps, loadModels } from './loadModels.ts'
import { listStudies, type OpenStudyDeps, openPhantom, openSeries, showStudy } from './openStudy.ts'
import { NOT_READ, refreshPanel } from './panel.ts'
import { type ReadVolumeDeps, readVolume } from './readVolume.ts'
import { removeUtterance, undoRemoveUtterance } from './removeUtterance.ts'
import { clearEvidence, type ShowEvidenceDeps, showEvidence } from './showEvidence.ts'
import { clearPanels, noteShown, type Shown, toAskAgain } from './shownPanels.ts'

export interface ReadingDeps
  extends LoadModelsDeps,
    ListPacksDeps,
    ReadVolumeDeps,
    ShowEvidenceDeps,
    AskTextDeps,
    CompareCaseDeps,
    OpenStudyDeps,
    Omit<DictationDeps, 'currentPack'> {
  hearFile(file: File): Promise<Result<Utterance[]>>
}

/**
 * One person reading studies: ties the two ways together and keeps what spans them, which is the loaded pack, what was
 * seen in the current study, and the work under way that a new study or Escape cancels.
 */
export class Reading {
  readonly #dictation: Dictation
  readonly #studies = new Map<string, OpenStudy>()
  #pack: LoadedPack | null = null
  #seen: readonly SeenFinding[] | null = null
  #heat: HeatOverlay | null = null
  /** The read under way or done; one volume is read once in one span of work. */
  #read: { readonly volumeId: string; readonly signal: AbortSignal; readonly done: Promise<void> } | null = null
  /** The study whose dictation and panel are set up; one that is just coming on screen is not yet. */
  #begunId: string | null = null
  #shown: Shown | null = null
  /** Counts what was searched by, so that a sentence that takes its time does not take the list from what came after it. */
  #searches = 0
  #loading = new AbortController()
  #opening = new AbortController()
  #work = new AbortController()
  #comparison = new AbortController()

  constructor(private readonly deps: ReadingDeps) {
    this.#dictation = new Dictation({ ...deps, currentPack: () => this.#pack })
  }

  /**
   * Loads the chosen pack; a study that is already open is read as soon as it is there. A later call takes over: what
   * an earlier one still brings is dropped.
   */
  async loadModels(): Promise<void> {
    this.#loading.abort()
    this.#loading = new AbortController()
    const { signal } = this.#loading
    const { screen } = this.deps
    this.#takePackAway()
    await listPacks(this.deps)
    const pack = signal.aborted ? null : await loadModels(this.deps, toWantedPack(screen.get().model), signal)
    if (signal.aborted) return
    if (!pack) return this.#dictation.giveUp()
    this.#pack = pack
    this.#dictation.takePack(pack)
    const typing = loadTextTower(this.deps, pack, signal)
    const volume = this.#currentVolume()
    const underWay = Promise.all([volume?.id === this.#begunId && volume && this.#readOnce(volume), this.#hearAgain()])
    screen.patch('model', { phase: 'ready', progress: null })
    await underWay
    if (!signal.aborted) await this.#showAgain(typing)
  }

  /** Changes to another pack; choosing the one in use again does nothing. */
  async choosePack(packId: string): Promise<void> {
    const { screen } = this.deps
    const { packId: current, phase } = screen.get().model
    screen.patch('model', { packChoice: packId })
    if (packId !== current || phase === 'failed') await this.loadModels()
  }

  async openFiles(files: readonly File[]): Promise<void> {
    const signal = this.#startOpening()
    const seriesId = await listStudies(this.deps, files)
    if (seriesId !== null && !signal.aborted) await this.#begin(await openSeries(this.deps, seriesId, signal))
  }

  async chooseSeries(seriesId: string): Promise<void> {
    await this.#begin(await openSeries(this.deps, seriesId, this.#startOpening()))
  }

  async openPhantom(seed: number): Promise<void> {
    await this.#begin(await openPhantom(this.deps, seed, this.#startOpening()))
  }

  /** Opens a study of this visit again; the one on screen is encoded again. */
  async reopen(studyId: string): Promise<void> {
    const { heavy, screen } = this.deps
    const study = this.#studies.get(studyId)
    const volume = heavy.volumes.get(studyId)
    if (!study || !volume) return
    this.#startOpening()
    if (screen.get().study.current?.id !== studyId) await showStudy(this.deps, volume, study)
    await this.#begin(volume)
  }

  cancel(): void {
    this.#opening.abort()
    this.#startWork()
    const { screen } = this.deps
    if (screen.get().findings.phase === 'working') screen.patch('findings', { phase: 'idle', progress: null })
  }

  /** Encodes the scan on screen where that was cancelled or failed. */
  async encodeAgain(): Promise<void> {
    const volume = this.#currentVolume()
    if (!volume || !this.#pack || this.deps.screen.get().findings.phase === 'working') return
    this.#startWork()
    await this.#readOnce(volume)
  }

  /** An utterance of the microphone or of a file: heard, kept, and made the query of the similar cases. */
  async hear(utterance: Utterance): Promise<void> {
    const { screen } = this.deps
    const studyId = screen.get().study.current?.id
    const start = performance.now()
    const outcome = await this.#dictation.hear(utterance)
    if (outcome === 'later' || screen.get().study.current?.id !== studyId) return
    refreshPanel(screen, this.#seen)
    performance.measure('voxct:end-of-speech-to-panel', { start })
    if (outcome === 'heard') this.#query({ kind: 'utterance', utteranceId: utterance.id })
  }

  async hearFile(file: File): Promise<void> {
    const heard = await this.deps.hearFile(file)
    this.deps.screen.patch('dictation', { fileProgress: null })
    if (!heard.ok) return this.deps.screen.notify(heard.problem)
    const studyId = this.deps.screen.get().study.current?.id
    this.#dictation.add(heard.value)
    for (const utterance of heard.value) {
      // Those left over are in the journal: they are heard when their study comes back.
      if (this.deps.screen.get().study.current?.id !== studyId) return
      await this.hear(utterance)
    }
  }

  removeUtterance(utteranceId: string): void {
    const { screen } = this.deps
    if (!removeUtterance(this.deps, utteranceId)) return
    if (screen.get().view.heat?.kind === 'utterance') this.clearEvidence()
    refreshPanel(screen, this.#seen)
    if (screen.get().similar.query.kind === 'utterance') this.#query({ kind: 'ct' })
  }

  undoRemoveUtterance(): void {
    if (!undoRemoveUtterance(this.deps)) return
    refreshPanel(this.deps.screen, this.#seen)
    // It may have been removed before it was heard, or been scored by another pack.
    void this.#hearAgain()
  }

  /** The reading as data, or null while there is none. */
  toExport(): ReadingExport | null {
    return this.#pack && toReadingExport(this.deps.screen, this.deps.heavy, this.#pack)
  }

  /** A finding, an utterance or a typed sentence: where the model sees it, and who else has it. */
  async select(query: SimilarQuery): Promise<void> {
    if (!this.#pack) return
    this.#query(query)
    if (query.kind === 'ct') return
    const overlay = await showEvidence(this.deps, this.#pack, query)
    if (overlay) this.#heat = overlay
  }

  /** A typed sentence, as an utterance: who else has it, and where the model sees it. */
  async ask(typed: string): Promise<void> {
    const text = typed.trim()
    const pack = this.#pack
    if (!text || !pack) return
    const search = ++this.#searches
    const query = await askText(this.deps, text, () => this.#pack === pack && this.#searches === search)
    if (!query) return
    const { screen } = this.deps
    const { typed: before } = screen.get().similar
    if (before.at(-1) !== text) screen.patch('similar', { typed: [...before, text] })
    await this.select(query)
  }

  /** Takes the typed sentence back: the list is of this CT again, and its heat goes. */
  clearTyped(): void {
    const { view, similar } = this.deps.screen.get()
    if (view.heat?.kind === 'text') this.clearEvidence()
    if (similar.query.kind === 'text') this.#query({ kind: 'ct' })
  }

  setSimilarQuery(query: SimilarQuery): void {
    this.#query(query)
  }

  async openSimilarCase(caseId: string): Promise<void> {
    if (!this.#pack) return
    this.#comparison.abort()
    this.#comparison = new AbortController()
    await compareCase(this.deps, this.#pack, caseId, this.#comparison.signal)
  }

  closeComparison(): void {
    this.#comparison.abort()
    closeComparison(this.deps)
  }

  setHeatOpacity(opacity: number): void {
    this.deps.screen.patch('view', { heatOpacity: opacity })
    if (this.#heat) this.deps.viewer.setHeat(this.#heat, opacity)
  }

  clearEvidence(): void {
    this.#heat = null
    clearEvidence(this.deps)
  }

  /** Nothing of the pack in use stays: neither its scores, nor its heat, nor an answer that is still to come. */
  #takePackAway(): void {
    const { screen, heavy } = this.deps
    this.#shown ??= noteShown(screen)
    this.#pack?.library.close()
    this.#pack = null
    this.#seen = null
    this.#startWork()
    this.clearEvidence()
    clearPanels(screen, heavy)
  }

  /** Heat and similar cases as they were asked for, by the pack that is there now; what was asked since comes first. */
  async #showAgain(typing: Promise<void>): Promise<void> {
    const shown = this.#shown
    this.#shown = null
    const again = toAskAgain(this.deps.screen, shown)
    if (again?.kind === 'text') {
      await typing
      if (this.deps.screen.get().model.textPhase === 'ready') await this.ask(again.text)
    } else if (shown?.heat && again) await this.select(shown.heat)
    else if (again && again.kind !== 'ct') this.#query(again)
  }

  #currentVolume() {
    const id = this.deps.screen.get().study.current?.id
    return id === undefined ? undefined : this.deps.heavy.volumes.get(id)
  }

  /** A new opening replaces the one under way; the current study is read on until the new one is on screen. */
  #startOpening(): AbortSignal {
    this.#opening.abort()
    this.#opening = new AbortController()
    return this.#opening.signal
  }

  #startWork(): void {
    this.#work.abort()
    this.#work = new AbortController()
  }

  #query(query: SimilarQuery): void {
    const pack = this.#pack
    this.#searches++
    if (pack) void findSimilar(pack, this.deps.heavy, this.deps.screen, query, () => this.#pack === pack)
  }

  /** A study has just come on screen: its own dictation, its own panel. */
  async #begin(volume: Volume | null): Promise<void> {
    const { screen } = this.deps
    const study = screen.get().study.current
    if (!volume || !study) return
    this.#startWork()
    this.#studies.set(study.id, study)
    if (this.#begunId !== study.id) screen.patch('similar', { typed: [] })
    this.#begunId = study.id
    this.#seen = null
    this.clearEvidence()
    screen.patch('findings', { ...NOT_READ, phase: this.#pack ? 'working' : 'idle' })
    await this.#dictation.restore(study.id)
    if (screen.get().study.current?.id !== study.id) return
    refreshPanel(screen, this.#seen)
    this.#query({ kind: 'ct' })
    await Promise.all([this.#readOnce(volume), this.#hearAgain()])
  }

  async #hearAgain(): Promise<void> {
    const { screen } = this.deps
    const studyId = screen.get().study.current?.id
    await this.#dictation.hearAgain()
    if (screen.get().study.current?.id === studyId) refreshPanel(screen, this.#seen)
  }

  /** A study that comes on screen while the models arrive is asked for from both sides, and read once. */
  async #readOnce(volume: Volume): Promise<void> {
    const { signal } = this.#work
    if (this.#read?.volumeId === volume.id && this.#read.signal === signal) return this.#read.done
    if (!this.#pack) return
    const done = this.#readNow(volume, this.#pack, signal)
    this.#read = { volumeId: volume.id, signal, done }
    return done
  }

  async #readNow(volume: Volume, pack: LoadedPack, signal: AbortSignal): Promise<void> {
    const seen = await readVolume(this.deps, pack, volume, signal)
    if (!seen) return
    this.#seen = seen
    refreshPanel(this.deps.screen, seen)
    this.#query({ kind: 'ct' })
  }
}
