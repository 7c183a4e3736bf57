import type { Problem, Result } from '../base/result.ts'
import type { SeenFinding } from '../domain/findings/seen.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { OpenStudy, SimilarQuery, UtteranceItem } from '../state/appState.ts'
import type { HeatOverlay } from '../viewer/viewer.ts'
import { type CompareCaseDeps, closeComparison, compareCase } from './compareCase.ts'
import { type ReadingExport, toReadingExport } from './exportReading.ts'
import { findSimilar } from './findSimilar.ts'
import { addToTimeline, failUtterance, type HearUtteranceDeps, hearUtterance } from './hearUtterance.ts'
import type { LoadedPack } from './loadedPack.ts'
import { type LoadModelsDeps, loadModels } from './loadModels.ts'
import { listStudies, type OpenStudyDeps, openPhantom, openSeries, showStudy } from './openStudy.ts'
import { refreshPanel } from './panel.ts'
import { type ReadVolumeDeps, readVolume } from './readVolume.ts'
import { clearEvidence, type ShowEvidenceDeps, showEvidence } from './showEvidence.ts'

/** The dictation journal of one browser: utterances by study, so that a reload loses nothing. */
export interface DictationJournal {
  put(studyId: string, item: UtteranceItem, utterance: Utterance): void
  remove(utteranceId: string): void
  list(studyId: string): Promise<readonly { item: UtteranceItem; utterance: Utterance }[]>
}

export interface ReadingDeps
  extends LoadModelsDeps,
    ReadVolumeDeps,
    ShowEvidenceDeps,
    CompareCaseDeps,
    OpenStudyDeps,
    Omit<HearUtteranceDeps, 'keep'> {
  readonly packUrl: string
  readonly journal: DictationJournal
  hearFile(file: File): Promise<Result<Utterance[]>>
}

const SPEECH_MISSING: Problem = {
  code: 'speech-missing',
  message: 'The speech model is not loaded, so the utterance was kept but not heard.',
  nextStep: 'Choose "Load models again" on the model page.',
}

/**
 * One person reading studies: ties the two ways together and keeps what spans them, which is the loaded pack, what was
 * seen in the current study, and the work under way that a new study or Escape cancels.
 */
export class Reading {
  readonly #studies = new Map<string, OpenStudy>()
  #pack: LoadedPack | null = null
  #seen: readonly SeenFinding[] | null = null
  #heat: HeatOverlay | null = null
  #opening = new AbortController()
  #work = new AbortController()
  #comparison = new AbortController()

  constructor(private readonly deps: ReadingDeps) {}

  /** Loads the models; a study that is already open is read as soon as they are there. */
  async loadModels(): Promise<void> {
    this.#pack = await loadModels(this.deps, this.deps.packUrl)
    if (!this.#pack) return
    const volume = this.#currentVolume()
    const underWay = Promise.all([volume && this.#read(volume), this.#hearAgain()])
    this.deps.screen.patch('model', { phase: 'ready', progress: null })
    await underWay
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
  }

  /** An utterance of the microphone or of a file: heard, kept, and made the query of the similar cases. */
  async hear(utterance: Utterance): Promise<void> {
    const studyId = this.deps.screen.get().study.current?.id
    const deps = this.#toHearing()
    addToTimeline(deps, utterance)
    const { phase, speechReady } = this.deps.screen.get().model
    if (!this.#pack || !speechReady) {
      if (phase !== 'working') failUtterance(deps, utterance, SPEECH_MISSING)
      return
    }
    const start = performance.now()
    const heard = await hearUtterance(deps, this.#pack, utterance)
    if (this.deps.screen.get().study.current?.id !== studyId) return
    refreshPanel(this.deps.screen, this.#seen)
    performance.measure('voxct:end-of-speech-to-panel', { start })
    if (heard) this.#query({ kind: 'utterance', utteranceId: utterance.id })
  }

  async hearFile(file: File): Promise<void> {
    const heard = await this.deps.hearFile(file)
    this.deps.screen.patch('dictation', { fileProgress: null })
    if (!heard.ok) return this.deps.screen.notify(heard.problem)
    const deps = this.#toHearing()
    for (const utterance of heard.value) addToTimeline(deps, utterance)
    for (const utterance of heard.value) await this.hear(utterance)
  }

  removeUtterance(utteranceId: string): void {
    const { screen, journal } = this.deps
    const { utterances } = screen.get().dictation
    const index = utterances.findIndex((item) => item.id === utteranceId)
    if (index < 0) return
    journal.remove(utteranceId)
    screen.patch('dictation', {
      utterances: utterances.toSpliced(index, 1),
      lastRemoved: { item: utterances[index], index },
    })
    if (screen.get().view.heat?.kind === 'utterance') this.clearEvidence()
    refreshPanel(screen, this.#seen)
    if (screen.get().similar.query.kind === 'utterance') this.#query({ kind: 'ct' })
  }

  undoRemoveUtterance(): void {
    const { screen, journal, heavy } = this.deps
    const { utterances, lastRemoved } = screen.get().dictation
    const studyId = screen.get().study.current?.id
    const utterance = lastRemoved && heavy.utterances.get(lastRemoved.item.id)
    if (!lastRemoved || !utterance) return
    if (studyId !== undefined) journal.put(studyId, lastRemoved.item, utterance)
    screen.patch('dictation', {
      utterances: utterances.toSpliced(lastRemoved.index, 0, lastRemoved.item),
      lastRemoved: null,
    })
    refreshPanel(screen, this.#seen)
  }

  /** The reading as data, or null while there is none. */
  toExport(): ReadingExport | null {
    return this.#pack && toReadingExport(this.deps.screen, this.deps.heavy, this.#pack)
  }

  /** A click on a finding or an utterance: where the model sees it, and who else has it. */
  async select(query: SimilarQuery): Promise<void> {
    if (!this.#pack) return
    this.#query(query)
    if (query.kind === 'ct') return
    const overlay = await showEvidence(this.deps, this.#pack, query)
    if (overlay) this.#heat = overlay
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

  /** Utterances spoken now belong to the study on screen now, whatever is opened before they are encoded. */
  #toHearing(): HearUtteranceDeps {
    const studyId = this.deps.screen.get().study.current?.id
    const keep = (item: UtteranceItem, utterance: Utterance) => {
      if (studyId !== undefined) this.deps.journal.put(studyId, item, utterance)
    }
    return { ...this.deps, keep }
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
    if (this.#pack) findSimilar(this.#pack, this.deps.heavy, this.deps.screen, query)
  }

  /** A study has just come on screen: its own dictation, its own panel. */
  async #begin(volume: Volume | null): Promise<void> {
    const { screen } = this.deps
    const study = screen.get().study.current
    if (!volume || !study) return
    this.#startWork()
    this.#studies.set(study.id, study)
    this.#seen = null
    this.clearEvidence()
    this.deps.screen.patch('findings', {
      phase: this.#pack ? 'working' : 'idle',
      encodeMs: null,
      preprocessMs: null,
      outOfDistribution: null,
      problem: null,
    })
    await this.#restoreDictation(study.id)
    refreshPanel(screen, null)
    this.#query({ kind: 'ct' })
    await Promise.all([this.#read(volume), this.#hearAgain()])
  }

  async #restoreDictation(studyId: string): Promise<void> {
    const { screen, heavy, journal } = this.deps
    const kept = await journal.list(studyId)
    if (screen.get().study.current?.id !== studyId) return
    for (const { utterance } of kept) heavy.utterances.set(utterance.id, utterance)
    screen.patch('dictation', { utterances: kept.map(({ item }) => item), lastRemoved: null })
  }

  /** Embeddings are not kept: restored utterances are encoded again, by the pack that is loaded now. */
  async #hearAgain(): Promise<void> {
    const { screen, heavy } = this.deps
    for (const item of screen.get().dictation.utterances) {
      const utterance = heavy.utterances.get(item.id)
      if (!utterance || heavy.utteranceEmbeddings.has(item.id) || !this.#pack || !screen.get().model.speechReady)
        continue
      await hearUtterance({ ...this.deps, keep: () => undefined }, this.#pack, utterance)
    }
    refreshPanel(screen, this.#seen)
  }

  async #read(volume: Volume): Promise<void> {
    if (!this.#pack) return
    const seen = await readVolume(this.deps, this.#pack, volume, this.#work.signal)
    if (!seen || this.deps.screen.get().study.current?.id !== volume.id) return
    this.#seen = seen
    refreshPanel(this.deps.screen, seen)
    this.#query({ kind: 'ct' })
  }
}
