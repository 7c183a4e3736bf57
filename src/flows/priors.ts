import { Latest } from '../base/latest.ts'
import { type Problem, ProblemError, type Result, toProblem } from '../base/result.ts'
import { subtract } from '../domain/geometry/vector.ts'
import type { Registration } from '../domain/registration/registerLungs.ts'
import type { Comparable, ComparedStudy } from '../domain/study/comparisons.ts'
import { NOT_LINKED, type PriorLink, toOtherPlace } from '../domain/study/priorLink.ts'
import type { OnProgress } from '../domain/volume/sourceFile.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { StudySession } from '../session/studySession.ts'
import type { PriorBeside } from '../state/priorState.ts'
import type { PriorShelf } from '../storage/priorShelf.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { type CompareCaseDeps, endComparing, showBeside } from './compareCase.ts'
import { identifyStudy } from './identifyStudy.ts'
import { toSeed } from './knownStudies.ts'
import { type OpenedStudy, type OpenStudyDeps, toListedStudy, toPhantomStudy } from './openStudy.ts'

export interface PriorsDeps extends CompareCaseDeps, OpenStudyDeps {
  registerLungs(
    current: Volume,
    prior: Volume,
    signal?: AbortSignal,
    onProgress?: OnProgress,
  ): Promise<Result<Registration>>
  readonly viewer: Viewer
  readonly priorShelf: PriorShelf
  /** The studies that could lie beside the one being read. */
  comparisons(): readonly ComparedStudy[]
  /** Where the crosshairs of both studies are. */
  crosshairs(): Readonly<Record<'current' | 'comparison', Vec3 | null>>
}

/** What the priors need of whoever lays cases beside the study: one thing lies there at a time. */
interface Beside {
  beginComparing(): AbortSignal
  closeComparison(): void
}

const NOT_HERE: Problem = {
  code: 'prior-not-here',
  message: 'Another study lay beside this scan on an earlier visit; its files are not here.',
  nextStep: 'Drop the files of both together to have it beside again, locked as it was.',
}

const GONE: Problem = {
  code: 'comparison-gone',
  message: 'That study is no longer in memory, and its files are not here.',
  nextStep: 'Drop the files of both studies together.',
}

/** Another study of the patient beside the one being read: opened, locked by an offset, laid on it by the lungs of both. */
export class Priors {
  readonly #registering = new Latest()

  constructor(
    private readonly deps: PriorsDeps,
    private readonly desk: Desk,
    private readonly beside: Beside,
    /** Brings back what was measured in the study beside. */
    private readonly restoreMeasures: (study: StudySession) => Promise<void>,
  ) {}

  /** Lays a series (`Comparable`) beside the study; `kept`: how both were tied on an earlier visit. */
  async open(id: string, kept: PriorLink | null = null): Promise<void> {
    const { screen, comparisonViewer } = this.deps
    const study = this.deps.comparisons().find(({ series }) => series.some((one) => one.id === id))
    const chosen = study?.series.find((one) => one.id === id)
    const { read } = this.desk
    if (!study || !chosen || !read) return
    const signal = this.beside.beginComparing()
    this.#registering.end()
    screen.patch('desk', { comparisonPhase: 'working', comparisonProgress: null, openingCaseId: null })
    try {
      const opened = await this.#load(chosen, signal)
      const identified = await identifyStudy(this.deps, opened)
      if (signal.aborted || this.desk.read !== read) return
      await showBeside(comparisonViewer, this.desk, identified, signal, (session) => {
        this.desk.layBeside(session, null, toPriorBeside(study, id, kept))
        void this.#settle(read, session, id)
      })
    } catch (thrown) {
      if (signal.aborted) return
      this.desk.takeFromBeside()
      endComparing(this.deps, true)
      screen.notify(toProblem(thrown, 'prior-failed', 'Choose the study again, or drop its files again.'))
    }
  }

  /** Brings back what lay beside the study on an earlier visit, where its files are here. */
  async restore(study: StudySession): Promise<void> {
    const kept = await this.deps.priorShelf.find(study.id)
    const { comparisonPhase } = this.deps.screen.get().desk
    if (!kept || this.desk.read !== study || comparisonPhase !== 'idle') return
    const isHere = this.deps.comparisons().some(({ series }) => series.some(({ id }) => id === kept.id))
    if (isHere) await this.open(kept.id, kept)
    else this.deps.screen.notify(NOT_HERE, 'info')
  }

  /** Both scroll together from here on, as far apart as they are now. */
  lock(): void {
    const { current, comparison } = this.deps.crosshairs()
    if (current && comparison) this.#tie({ lock: 'offset', offsetMm: subtract(comparison, current) })
  }

  /** Each by itself; what was computed stays to be used again. */
  unlock(): void {
    this.deps.screen.patch('view', { isScrollLinked: false })
    this.#tie({ lock: 'none' })
  }

  /** Lays the study beside on the one being read by the lungs of both, and locks them by it. */
  async register(): Promise<boolean> {
    const { read, beside } = this.desk
    const prior = this.#prior
    if (!read?.volume || !beside?.volume || !prior) return false
    if (prior.registration) return this.#lockByLungs(prior.registration)
    const signal = this.#registering.begin(read.signal, beside.signal)
    const isOver = () => signal.aborted || this.desk.beside !== beside || this.desk.read !== read
    this.#show({ progress: { label: 'Registering', fraction: null }, problem: null })
    try {
      const registered = await this.deps.registerLungs(read.volume, beside.volume, signal, (label, fraction) => {
        if (!isOver()) this.#show({ progress: { label, fraction } })
      })
      if (isOver()) return false
      if (registered.ok) return this.#lockByLungs(registered.value)
      this.#refuse(registered.problem)
    } catch (thrown) {
      if (!isOver())
        this.#refuse(toProblem(thrown, 'registration-failed', 'Lock the scroll by an offset that you set.'))
    }
    return false
  }

  /** Brings the other study to where the crosshair of one is; registers them first where nothing ties them yet. */
  async goToSamePlace(from: 'current' | 'comparison'): Promise<void> {
    const prior = this.#prior
    if (prior?.lock === 'none' && !prior.registration) await this.register()
    const ties = this.#prior
    if (ties) this.#follow(from, ties.registration ? { ...ties, lock: 'registered' } : ties)
  }

  close(): void {
    const { read } = this.desk
    if (read && this.#prior) void this.deps.priorShelf.forget(read.id)
    this.beside.closeComparison()
  }

  /** Gives a registration up. */
  cancel(): void {
    this.#registering.end()
    if (this.#prior?.progress) this.#show({ progress: null })
  }

  get #prior(): PriorBeside | null {
    return this.deps.screen.get().desk.prior
  }

  #show(change: Partial<PriorBeside>): void {
    const prior = this.#prior
    if (prior) this.deps.screen.patch('desk', { prior: { ...prior, ...change } })
  }

  #refuse(problem: Problem): void {
    this.#show({ progress: null, problem: problem.message })
    this.deps.screen.notify(problem, 'warning')
  }

  #lockByLungs(registration: Registration): true {
    this.#tie({ lock: 'registered', registration })
    this.#show({ progress: null, problem: null })
    if (this.#prior) this.#follow('current', this.#prior)
    return true
  }

  #follow(from: 'current' | 'comparison', ties: PriorLink): void {
    const point = this.deps.crosshairs()[from]
    const place = point && toOtherPlace(ties, from, point)
    if (!place) return
    const [to, viewer] =
      from === 'current'
        ? (['comparison', this.deps.comparisonViewer] as const)
        : (['current', this.deps.viewer] as const)
    this.#show({ outside: viewer.followPoint(place) ? null : to })
  }

  /** What ties both, on screen and for the next visit. */
  #tie(change: Partial<PriorLink>): void {
    this.#show(change)
    this.#keep()
  }

  #keep(): void {
    const { read } = this.desk
    const prior = this.#prior
    if (!read || !prior) return
    const { id, lock, offsetMm, registration } = prior
    void this.deps.priorShelf.keep(read.id, { id, lock, offsetMm, registration })
  }

  async #settle(read: StudySession, beside: StudySession, id: string): Promise<void> {
    await this.restoreMeasures(beside)
    if (this.desk.read !== read || this.desk.beside !== beside || this.#prior?.id !== id) return
    this.#keep()
    if (this.#prior.lock !== 'none') this.#follow('current', this.#prior)
  }

  /** From memory, from its files, or from its seed. */
  async #load(chosen: Comparable, signal: AbortSignal): Promise<OpenedStudy> {
    const { screen, source, phantoms } = this.deps
    const open = this.desk.sessions.find(({ state }) => (state.study.seriesId ?? state.study.id) === chosen.id)
    if (open?.volume) return { study: open.state.study, volume: open.volume, key: null }
    const series = screen
      .get()
      .desk.drops.flat()
      .find(({ id }) => id === chosen.id)
    if (series) {
      const onProgress: OnProgress = (label, fraction) => {
        if (!signal.aborted) screen.patch('desk', { comparisonProgress: { label, fraction } })
      }
      const loaded = await source.open(series.id, { signal, onProgress })
      if (!loaded.ok) throw new ProblemError(loaded.problem)
      for (const problem of loaded.value.notices) screen.notify(problem, 'warning')
      const { volume, key } = loaded.value
      return { volume, key, study: toListedStudy(loaded.value, series) }
    }
    const seed = toSeed(chosen.id)
    if (seed === null) throw new ProblemError(GONE)
    const { volume, title, description } = await phantoms.renderPhantom(seed, signal)
    return { volume, key: null, study: toPhantomStudy(volume, title, description) }
  }
}

function toPriorBeside({ kinship, order, days, date }: ComparedStudy, id: string, kept: PriorLink | null): PriorBeside {
  const { lock, offsetMm, registration } = kept ?? NOT_LINKED
  return { id, kinship, order, days, date, lock, offsetMm, registration, progress: null, outside: null, problem: null }
}
