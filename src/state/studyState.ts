import type { Problem } from '../base/result.ts'
import type { ArrangedRow } from '../domain/findings/arrangement.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import type { ForeignReason } from '../domain/findings/foreignness.ts'
import type { Evidence } from '../domain/grounding/heatStrength.ts'
import { type CaseFacets, NO_FACETS } from '../domain/retrieval/caseFilter.ts'
import { NO_SIMILAR_FILTER, type SimilarFilter } from '../domain/retrieval/listFilter.ts'
import type { SimilarQuery } from '../domain/retrieval/query.ts'
import type { TimedWord } from '../domain/speech/transcription.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { UtteranceEdits } from '../domain/statements/edits.ts'
import type { Statement } from '../domain/statements/statement.ts'
import type { OpenStudy, StudyPlace } from '../domain/study/openStudy.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import { type HistoryState, NO_HISTORY } from './historyState.ts'
import { type KeyImagesState, NO_KEY_IMAGES } from './keyImagesState.ts'
import { type MeasuresState, NO_MEASURES } from './measuresState.ts'
import { NO_OVERLAYS, type OverlaysState } from './overlaysState.ts'
import type { Phase, Progress } from './progress.ts'
import { NO_REPORT, type ReportState } from './reportState.ts'

export type { SimilarFilter } from '../domain/retrieval/listFilter.ts'
export type { QueryPart, QuerySource, SimilarQuery } from '../domain/retrieval/query.ts'

/*
 * What one study shows. Each open study has a record of its own, written by its StudySession alone; volumes, embeddings
 * and audio lie in the session.
 */

/** One row of the findings panel. */
export type FindingRow = ArrangedRow

export interface FindingsState {
  /** `unscored`: a model must not score the scan, for the reason in `problem`. */
  readonly phase: Phase | 'unscored'
  readonly progress: Progress | null
  /** As the panel shows them: ranked by calibrated probability while nothing is said, in groups once something is. */
  readonly rows: readonly FindingRow[]
  readonly encodeMs: number | null
  readonly preprocessMs: number | null
  /** Why the scores do not apply to the scan; null where they do. */
  readonly outOfDistribution: readonly ForeignReason[] | null
  /** A person wants to see what the model makes of it although the scores do not apply. */
  readonly isEvidenceAsked: boolean
  readonly problem: Problem | null
}

export interface UtteranceItem {
  readonly id: string
  readonly startMs: number
  readonly durationMs: number
  readonly source: Utterance['source']
  /** Peak per bin, 0…1, about 64 bins. */
  readonly waveform: readonly number[]
  readonly phase: 'encoding' | 'ready' | 'failed'
  /** As the model heard it; may be wrong. */
  readonly transcript: string | null
  /** The transcript's words as a transcriber wrote them; null where none did. */
  readonly words: readonly TimedWord[] | null
  /** What it states, as the readers have it and a person has set it. */
  readonly statements: readonly Statement[]
  readonly edits: UtteranceEdits
  /** View and slice on screen when it began. */
  readonly place: StudyPlace | null
  /** It was kept under another id (`KeptElsewhere`), and a person has said that it is this study's. */
  readonly isAdopted: boolean
  /** The tab ended while it was spoken: it is what was written by then. */
  readonly isRecovered: boolean
  readonly encodeMs: number | null
  readonly problem: Problem | null
}

/** Utterances that may belong to this study, to be taken over or left. */
export interface KeptElsewhere {
  /** `0.3.0`: under the id that version 0.3.0 gave to the file; `other-content`: under the same UIDs with other images. */
  readonly reason: '0.3.0' | 'other-content'
  readonly storedUnder: string
  readonly count: number
}

export interface DictationState {
  /** An audio file that was given to this study is being cut into utterances. */
  readonly fileProgress: Progress | null
  readonly utterances: readonly UtteranceItem[]
  /** What may be this study's and is offered. */
  readonly offers: readonly KeptElsewhere[]
  /** Kept utterances that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
  /** Another tab has this study open. */
  readonly isElsewhere: boolean
}

export interface SimilarCase {
  readonly id: string
  readonly title: string
  readonly cosine: number
  /** What a case of its library drawn by chance has; null where it has too few to tell. */
  readonly chanceCosine: number | null
  /** Null where the library does not know them. */
  readonly labels: readonly FindingId[] | null
  /** Findings that it may have or not, where its library knows others. */
  readonly unlabelled: readonly FindingId[]
  readonly canOpen: boolean
  /** Where it lies in the archive; null for a case that is made from its seed. */
  readonly path: string | null
  /** Of the patient whose scan is read. */
  readonly isOwnPatient: boolean
  /** Rank of a better case of the same patient, from 1; null where there is none. */
  readonly samePatientAs: number | null
  readonly sex: 'female' | 'male' | 'other' | null
  readonly ageYears: number | null
  /** ISO 8601 day. */
  readonly date: string | null
  /** Sentences of the report that speak of what the query does, else its beginning. */
  readonly reportExcerpt: string | null
  /** The library of the reader's own that it lies in; null for a case of the pack's. */
  readonly library: string | null
  /** The library on a server that it lies in; null for a case of this device. */
  readonly server: string | null
  /** Address of a small picture, which cases of the reader's own have. */
  readonly thumbnail: string | null
  /** Of a phantom, whose picture is made when there is time. */
  readonly seed: number | null
}

/** A place on a scan, and on which axial slice it lies, 1…sliceCount from the head down. */
export interface MatchPlace {
  readonly pointLpsMm: Vec3
  readonly sliceNumber: number
  readonly sliceCount: number
}

/** Where the study and the case beside it are most alike. */
export interface CaseMatch {
  readonly caseId: string
  readonly here: MatchPlace
  readonly there: MatchPlace
}

export interface SimilarState {
  readonly query: SimilarQuery
  /** Former queries of this visit that a person composed, the last one last: undoing brings it back. */
  readonly formerQueries: readonly SimilarQuery[]
  readonly filter: SimilarFilter
  /** What the libraries say of their cases: what lists can be filtered by. */
  readonly facets: CaseFacets
  /** Cases of all libraries, and those that the filter left out before the last one listed. */
  readonly librarySize: number
  readonly filteredOut: number
  /** They are listed although nothing is alike, because a person asked for it. */
  readonly isDespite: boolean
  /** Of the case that was compared last; null once the query is another. */
  readonly match: CaseMatch | null
  readonly queryLabel: string
  readonly cases: readonly SimilarCase[]
  /** The answer to the query is under way; the cases of the last one stay until it comes. */
  readonly isSearching: boolean
  /** Why the library cannot be searched. */
  readonly problem: Problem | null
  /** Sentences typed about the study, oldest first. */
  readonly typed: readonly string[]
}

/** What stands behind the heat that was asked for last. */
export interface HeatEvidence {
  readonly query: SimilarQuery
  /** Null where no probability stands behind the query. */
  readonly evidence: Evidence | null
  /** It is not drawn, since the model does not see the finding: it is there to be asked for. */
  readonly isWithheld: boolean
  /** Where it is hottest; null until it is drawn. */
  readonly peakLpsMm: Vec3 | null
}

export interface StudyState {
  readonly study: OpenStudy
  readonly findings: FindingsState
  readonly dictation: DictationState
  readonly similar: SimilarState
  readonly measures: MeasuresState
  readonly keyImages: KeyImagesState
  readonly report: ReportState
  readonly overlays: OverlaysState
  /** What undo and redo would do. Owner: History. */
  readonly history: HistoryState
  /** Source of its heat. */
  readonly heat: SimilarQuery | null
  readonly heatEvidence: HeatEvidence | null
}

/** A study that has just been opened: nothing seen, said or asked. */
export const NEW_STUDY: Omit<StudyState, 'study'> = {
  findings: {
    phase: 'idle',
    progress: null,
    rows: [],
    encodeMs: null,
    preprocessMs: null,
    outOfDistribution: null,
    isEvidenceAsked: false,
    problem: null,
  },
  dictation: {
    fileProgress: null,
    utterances: [],
    offers: [],
    unreadableCount: 0,
    isElsewhere: false,
  },
  similar: {
    query: { kind: 'ct' },
    formerQueries: [],
    filter: NO_SIMILAR_FILTER,
    facets: NO_FACETS,
    librarySize: 0,
    filteredOut: 0,
    isDespite: false,
    match: null,
    queryLabel: 'this CT',
    cases: [],
    isSearching: false,
    problem: null,
    typed: [],
  },
  measures: NO_MEASURES,
  keyImages: NO_KEY_IMAGES,
  report: NO_REPORT,
  overlays: NO_OVERLAYS,
  history: NO_HISTORY,
  heat: null,
  heatEvidence: null,
}
