import { toCurrentPaneId } from '../domain/layout/layout.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { PriorBeside } from '../state/priorState.ts'
import type { PackSession } from './packSession.ts'
import type { Screen, StudyRecords } from './screen.ts'
import { StudySession } from './studySession.ts'

/** Where volumes are kept by id (`storage/volumeStore.ts`). */
export interface VolumeShelf {
  put(id: string, volume: Volume): void
  get(id: string): Volume | undefined
  has(id: string): boolean
  hold(ids: readonly string[]): void
}

export interface DeskDeps {
  readonly screen: Screen
  readonly records: StudyRecords
  readonly volumes: VolumeShelf
}

/** The open studies: exactly one of those on screen is being read; another may lie beside it. */
export class Desk {
  readonly #screen: Screen
  readonly #records: StudyRecords
  readonly #volumes: VolumeShelf
  /** By id, the one read last at the end. */
  readonly #sessions = new Map<string, StudySession>()
  #read: StudySession | null = null
  /** The pack in use; null while none is. */
  pack: PackSession | null = null
  #beside: StudySession | null = null

  constructor({ screen, records, volumes }: DeskDeps) {
    this.#screen = screen
    this.#records = records
    this.#volumes = volumes
  }

  get read(): StudySession | null {
    return this.#read
  }

  get beside(): StudySession | null {
    return this.#beside
  }

  /** All open studies, the one read last first. */
  get sessions(): readonly StudySession[] {
    return [...this.#sessions.values()].reverse()
  }

  find(id: string): StudySession | null {
    return this.#sessions.get(id) ?? null
  }

  /**
   * The session of an opened study: the one that it has had in this visit, with what was said, or a new one. Its volume
   * is kept. `endOpening` must follow, however the opening ends.
   */
  take(study: OpenStudy, volume: Volume): StudySession {
    const known = this.find(study.id)
    const session = known ?? new StudySession(this.#records, study, () => this.#volumes.get(study.id))
    if (known) known.showStudy(study)
    session.openings++
    this.#sessions.set(study.id, session)
    this.#hold(session)
    this.#volumes.put(study.id, volume)
    return session
  }

  /**
   * The study becomes the one that is read: title, findings, dictation and read-outs of the screen are its own from
   * here on. To be called in the moment in which its pixels appear.
   */
  makeRead(session: StudySession): void {
    const former = this.#read
    this.#read = session
    session.wasRead = true
    if (former && former !== session) former.rest()
    this.#sessions.delete(session.id)
    this.#sessions.set(session.id, session)
    this.#hold()
    const { seriesId } = session.state.study
    const { drops } = this.#screen.get().desk
    const series = drops.findLast((drop) => drop.some(({ id }) => id === seriesId)) ?? []
    this.#screen.patch('desk', {
      phase: 'ready',
      progress: null,
      readId: session.id,
      series,
      openingSeriesId: null,
      firstSlice: null,
    })
  }

  /** No study is read: the one that was cannot be shown any more. */
  clear(): void {
    this.#read?.rest()
    this.#read = null
    this.#screen.patch('desk', {
      phase: 'failed',
      progress: null,
      readId: null,
      openingSeriesId: null,
      firstSlice: null,
    })
  }

  /** A similar case lies beside the study, or, where there is no case, another study to be compared with. */
  layBeside(session: StudySession, caseId: string | null, prior: PriorBeside | null = null): void {
    const former = this.#beside
    this.#beside = session
    if (former !== session) this.#putAway(former)
    this.#hold()
    this.#screen.patch('desk', {
      comparisonId: session.id,
      comparisonPhase: 'ready',
      comparisonProgress: null,
      comparisonCaseId: caseId,
      openingCaseId: null,
      prior,
    })
  }

  /** An opening is over. One that was given up leaves nothing of a study that nobody has seen or spoken about. */
  endOpening(session: StudySession): void {
    session.openings--
    if (session !== this.#beside) this.#putAway(session)
    this.#hold()
  }

  /** Keys go back to the study that is read. */
  takeFromBeside(): void {
    const former = this.#beside
    this.#beside = null
    const nothing = { comparisonId: null, comparisonCaseId: null, openingCaseId: null, prior: null }
    this.#screen.patch('desk', { ...nothing, comparisonPhase: 'idle', comparisonProgress: null })
    const { layout, activePaneId } = this.#screen.get().view
    this.#screen.patch('view', { activePaneId: toCurrentPaneId(layout, activePaneId) })
    this.#putAway(former)
    this.#hold()
  }

  /** A case that was only looked at is closed; one that was read, or that something was said about, stays. */
  #putAway(session: StudySession | null): void {
    if (!session || session.wasRead || session.openings > 0 || session.utterances.size > 0) return
    session.close()
    this.#sessions.delete(session.id)
  }

  #hold(coming: StudySession | null = null): void {
    this.#volumes.hold([this.#read, this.#beside, coming].flatMap((session) => (session ? [session.id] : [])))
  }
}
