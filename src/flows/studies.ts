import { Latest } from '../base/latest.ts'
import type { Problem } from '../base/result.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { Desk } from '../session/desk.ts'
import type { StudySession } from '../session/studySession.ts'
import { type IdentifyStudyDeps, identifyStudy, noteStudy } from './identifyStudy.ts'
import { listKnown, toSeed } from './knownStudies.ts'
import {
  endOpening,
  type FoundBeside,
  listStudies,
  type OpenedStudy,
  type OpenStudyDeps,
  openPhantom,
  openSeries,
} from './openStudy.ts'
import { type ShowStudyDeps, showStudy } from './showStudy.ts'

export interface StudiesDeps extends OpenStudyDeps, IdentifyStudyDeps, ShowStudyDeps {}

const NO_LONGER_HERE: Problem = {
  code: 'study-out-of-memory',
  message: 'The scan is no longer in memory: other studies took its place.',
  nextStep: 'Drop its files again; what was said about it is kept.',
}

/** Studies on their way to the screen: opened, shown, read again, known from earlier visits. One is opened at a time. */
export class Studies {
  readonly #opening = new Latest()
  /** The list of series that was there before the files that are being opened. */
  #formerSeries: readonly SeriesSummary[] | null = null

  /**
   * `begin`: what a study that has just come on screen, or is asked for again, needs of the pack in use; it is not read where
   * `due` has ended.
   */
  constructor(
    private readonly deps: StudiesDeps,
    private readonly desk: Desk,
    private readonly begin: (study: StudySession, due?: AbortSignal) => Promise<void>,
  ) {}

  /**
   * Opens the best series of the files; where that fails at its pixels, which is told, the next. `onBeside` is told before of the
   * reports, segmentations and label maps among them, which alone open nothing beside a scan, `onShown` in between, before the scan is read. Null where none opens.
   */
  async openFiles(
    files: readonly File[],
    onBeside: (found: FoundBeside) => void,
    onShown?: (study: StudySession) => void,
  ): Promise<StudySession | null> {
    const signal = this.#opening.begin()
    this.#formerSeries ??= this.deps.screen.get().desk.series
    const { scans, labelMaps } = await listStudies(this.deps, files, signal, onBeside)
    const wanted = scans.length === 0 && !this.desk.read?.volume ? labelMaps : scans
    const ids = wanted.map(({ id }) => id)
    const study = await this.#openFirst(ids, signal, onShown)
    if (!signal.aborted && labelMaps.length > 0 && wanted.length === 0) this.#stay()
    if (!signal.aborted) this.#formerSeries = null
    return study
  }

  async #openFirst(
    seriesIds: readonly string[],
    signal: AbortSignal,
    onShown?: (study: StudySession) => void,
  ): Promise<StudySession | null> {
    for (const seriesId of seriesIds) {
      const opened = await openSeries(this.deps, seriesId, signal)
      if (opened) return this.#bring(opened, signal, onShown)
      if (signal.aborted) return null
    }
    return null
  }

  async chooseSeries(seriesId: string): Promise<void> {
    const signal = this.#opening.begin()
    await this.#bring(await openSeries(this.deps, seriesId, signal), signal)
  }

  /** Shows a listed series at the place at which the views stand: from memory where it has been open. Is over once it is on screen. */
  async flickTo(seriesId: string, onShow: () => void): Promise<void> {
    const signal = this.#opening.begin()
    const session = this.desk.sessions.find(({ volume, state }) => volume && state.study.seriesId === seriesId)
    if (session) {
      onShow()
      const due = await showStudy(this.deps, this.desk, session, signal, { isPlaceKept: true })
      if (due) void this.#begin(session, due)
      return
    }
    const opened = await openSeries(this.deps, seriesId, signal)
    const shown = opened && (await this.#show(opened, signal, onShow))
    if (shown) void this.#begin(shown.session, shown.due)
  }

  async openPhantom(seed: number): Promise<void> {
    const signal = this.#opening.begin()
    await this.#bring(await openPhantom(this.deps, seed, signal), signal)
  }

  /** Opens a known study again; the one on screen is encoded again. */
  async reopen(studyId: string): Promise<void> {
    const seed = toSeed(studyId)
    const study = this.desk.find(studyId)
    if (!study?.volume) {
      if (seed !== null) return await this.openPhantom(seed)
      const seriesId = study?.state.study.seriesId ?? null
      // Its voxels had to make room for those of other studies, and its files are still at hand.
      return this.#isListed(seriesId) ? await this.chooseSeries(seriesId) : await this.#askForFiles(study)
    }
    const signal = this.#opening.begin()
    if (study !== this.desk.read) {
      const due = await showStudy(this.deps, this.desk, study, signal)
      if (due) await this.#begin(study, due)
      return
    }
    endOpening(this.deps.screen)
    study.seen = null
    await this.begin(study)
  }

  /** Writes what tells a later visit about an open study as it stands now. */
  note(studyId: string): void {
    const study = this.desk.find(studyId)
    if (study) void noteStudy(this.deps.archive, study)
  }

  /** Forgets a study of an earlier visit and what was said about it. */
  async forget(studyId: string): Promise<void> {
    if (this.desk.find(studyId)) return
    await this.deps.archive.forget(studyId)
    await this.listKnown()
  }

  /** Studies of this visit, and those of earlier ones that something was said about. */
  listKnown(): Promise<void> {
    return listKnown(this.deps, this.deps.archive, this.desk)
  }

  /** What was dropped is laid over the study on screen, whose list of series stays. */
  #stay(): void {
    endOpening(this.deps.screen)
    if (this.#formerSeries) this.deps.screen.patch('desk', { series: this.#formerSeries })
  }

  cancel(): void {
    this.#opening.end()
    if (this.deps.screen.get().desk.phase === 'working') endOpening(this.deps.screen)
    // The list is of the drop that the study on screen came from, not of one that was given up.
    if (this.#formerSeries) this.deps.screen.patch('desk', { series: this.#formerSeries })
    this.#formerSeries = null
  }

  #isListed(seriesId: string | null): seriesId is string {
    const { drops } = this.deps.screen.get().desk
    return seriesId !== null && drops.some((drop) => drop.some(({ id }) => id === seriesId))
  }

  /** It is not in memory any more, and nothing of this visit gives it again. */
  async #askForFiles(study: StudySession | null): Promise<void> {
    if (study) this.deps.screen.notify(NO_LONGER_HERE, 'warning')
    await this.listKnown()
  }

  /** An opened study under its own id, on the desk and on screen. Null where it was not shown. */
  async #bring(
    opened: OpenedStudy | null,
    signal: AbortSignal,
    onShown?: (study: StudySession) => void,
  ): Promise<StudySession | null> {
    if (!opened) return null
    const shown = await this.#show(opened, signal)
    if (!shown) return null
    onShown?.(shown.session)
    await this.#begin(shown.session, shown.due)
    return shown.session
  }

  /** `onShow` is told before its picture is drawn, where it is shown at the place at which the views stand. */
  async #show(opened: OpenedStudy, signal: AbortSignal, onShow?: () => void) {
    const { study, volume, offers, notice } = await identifyStudy(this.deps, opened)
    if (signal.aborted) return null
    if (notice) this.deps.screen.notify(notice, 'warning')
    const session = this.desk.take(study, volume)
    session.show('dictation', { offers })
    onShow?.()
    const how = { isOpenedAnew: true, isPlaceKept: onShow !== undefined }
    const due = await showStudy(this.deps, this.desk, session, signal, how)
    this.desk.endOpening(session)
    return due && { session, due }
  }

  async #begin(study: StudySession, due: AbortSignal): Promise<void> {
    void noteStudy(this.deps.archive, study).then(() => this.listKnown())
    await this.begin(study, due)
  }
}
