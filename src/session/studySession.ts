import { Latest } from '../base/latest.ts'
import { SerialQueue } from '../base/serialQueue.ts'
import type { SeenBody } from '../domain/ct/chestRegion/seenBody.ts'
import type { ReportSentence } from '../domain/dictatedReport/reportEntry.ts'
import type { ReportStatus } from '../domain/dictatedReport/reportStatus.ts'
import type { SeenFinding } from '../domain/findings/seen.ts'
import type { TokenPlacement } from '../domain/grounding/heat.ts'
import type { TokenShares } from '../domain/grounding/tokenShares.ts'
import type { HeardSpeech } from '../domain/speech/heardSpeech.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import type { Volume } from '../domain/volume/volume.ts'
import { selectReport, selectReportStatus } from '../state/reportSelectors.ts'
import { NEW_STUDY, type StudyState } from '../state/studyState.ts'
import type { HeatOverlay } from '../viewer/viewer.ts'
import type { PackSession } from './packSession.ts'
import type { StudyRecords } from './screen.ts'

/** What the CT encoder made of the study. */
export interface SeenStudy {
  /** The pack that has read it: to another one its numbers mean nothing. */
  readonly by: PackSession
  readonly placement: TokenPlacement
  /** Unit embedding. */
  readonly embedding: Float32Array
  readonly findings: readonly SeenFinding[]
  /** What its tokens give to the embedding; null until a place is asked about. */
  shares: TokenShares | null
  /** Unit directions of places that were asked about. */
  readonly places: Map<string, Float32Array>
}

/** What has just been seen: no place was asked about. */
export const toSeenStudy = (seen: Omit<SeenStudy, 'shares' | 'places'>): SeenStudy => ({
  ...seen,
  shares: null,
  places: new Map(),
})

/** Parts of the record that are changed field by field. */
type RecordPart = 'findings' | 'dictation' | 'similar' | 'measures' | 'keyImages' | 'report' | 'overlays' | 'history'

/**
 * One study that is open: what was seen, said and asked about it, and the work that is under way for it. Several may be
 * open at once, each with its own findings, heat and dictation; what is begun for one never shows on another.
 */
export class StudySession {
  readonly #records: StudyRecords
  readonly #closing = new AbortController()
  readonly #takeVolume: () => Volume | undefined
  /** The encoding of its scan. */
  readonly encoding = new Latest()
  /** The list of similar cases. */
  readonly search = new Latest()
  readonly evidence = new Latest()
  /** The look at its report. */
  readonly safety = new Latest()
  /** Recordings that were given to it are heard one after another; cancelling ends them all. */
  readonly files = new Latest()
  readonly fileQueue = new SerialQueue()
  /** Null until it was read by the pack in use. */
  seen: SeenStudy | null = null
  heat: HeatOverlay | null = null
  /** Where its patient is, once somebody has looked. */
  body: SeenBody | null = null
  readonly utterances = new Map<string, Utterance>()
  /** What the pack's encoder heard in its utterances. */
  readonly heard = new Map<string, HeardSpeech>()
  /** Utterances of which nobody has asked yet whether they are commands: once they are written down, it is asked. */
  readonly unclaimed = new Set<string>()
  /** Utterances that the speech encoder has in hand, and by which pack. */
  readonly beingHeard = new Map<string, PackSession>()
  /** The utterance to whose place the views were brought back last. */
  shownSpeechOf: string | null = null
  /** Its dictation has been taken from the journal. */
  isRestored = false
  /** What was asked of it on an earlier visit has been asked again. */
  isQueryRestored = false
  /** It has been the one that is read, not a case beside it alone. */
  wasRead = false
  /** Openings that are under way for it: as long as there is one it must not be closed. */
  openings = 0

  /** `takeVolume` gives its voxels as long as they are kept. */
  constructor(records: StudyRecords, study: OpenStudy, takeVolume: () => Volume | undefined) {
    this.#records = records
    this.#takeVolume = takeVolume
    if (!records.getStudy(study.id)) records.putStudy(study.id, { ...NEW_STUDY, study })
    this.id = study.id
  }

  readonly id: string

  /** Aborted once the study is closed. */
  get signal(): AbortSignal {
    return this.#closing.signal
  }

  get volume(): Volume | undefined {
    return this.#takeVolume()
  }

  get state(): StudyState {
    const state = this.#records.getStudy(this.id)
    if (!state) throw new Error(`Impossible state: the study ${this.id} is closed`)
    return state
  }

  /** Its report as it stands now. */
  get report(): readonly ReportSentence[] {
    return selectReport(this.state)
  }

  get reportStatus(): ReportStatus {
    return selectReportStatus(this.state)
  }

  /** Changes a part of its record; a closed study has none, and what comes late changes nothing. */
  show<Part extends RecordPart>(part: Part, change: Partial<StudyState[Part]>): void {
    if (this.signal.aborted) return
    const { state } = this
    this.#records.putStudy(this.id, { ...state, [part]: { ...state[part], ...change } })
  }

  /** What it is and where it came from, when it is opened again. */
  showStudy(study: OpenStudy): void {
    this.#records.putStudy(this.id, { ...this.state, study })
  }

  /** Source of its heat and what stands behind it; of withheld heat the latter alone. */
  showHeat(heat: StudyState['heat'], heatEvidence: StudyState['heatEvidence'] = null): void {
    if (!this.signal.aborted) this.#records.putStudy(this.id, { ...this.state, heat, heatEvidence })
  }

  /** What was seen in it, and where, counts no more. */
  forgetSeen(): void {
    this.evidence.end()
    this.seen = null
    this.heat = null
    this.showHeat(null)
  }

  /** Ends what is under way for it, but not what was said: that is heard to its end. */
  rest(): void {
    this.encoding.end()
    this.search.end()
    this.evidence.end()
    this.safety.end()
    // Heat that was asked for and did not come must not give its name to nothing.
    if (!this.heat && this.state.heat) this.showHeat(null)
    if (this.state.findings.phase === 'working') this.show('findings', { phase: 'idle', progress: null })
    if (this.state.similar.isSearching) this.show('similar', { isSearching: false })
  }

  close(): void {
    this.rest()
    this.files.end()
    this.#closing.abort()
    this.#records.removeStudy(this.id)
  }
}
