import type { Problem } from '../base/result.ts'
import type { Finding, FindingId } from '../domain/findings/finding.ts'
import type { Orientation } from '../domain/geometry/viewPlane.ts'
import type { SortedFigure } from '../domain/model/figureGroups.ts'
import type { OfferedPack, UnfinishedPack } from '../domain/model/keptPack.ts'
import type { Comparison, GraphVariant, ReliabilityBin } from '../domain/model/manifest.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { Vec3 } from '../domain/volume/volume.ts'

/*
 * Everything the screen shows, small and serialisable. Volumes, tokens, embeddings and audio live outside, by id.
 * Flows write it through the setters in the slices; React reads it through selectors.
 */

export type Phase = 'idle' | 'working' | 'ready' | 'failed'

export interface Progress {
  /** What is being done, e.g. "Decoding slices". */
  readonly label: string
  /** 0…1, or null where the length is unknown. */
  readonly fraction: number | null
  /** Milliseconds that it will still take, where that can be said. */
  readonly remainingMs?: number | null
}

export interface OpenStudy {
  /** Id of the volume in the heavy store; also the study id late answers are checked against. */
  readonly id: string
  readonly title: string
  readonly format: SeriesSummary['format']
  readonly size: Vec3
  readonly spacingMm: Vec3
  /** Where it came from: file names or phantom seed, for the study list. */
  readonly origin: string
  /** Free text on a phantom's ground truth, shown on request only. */
  readonly groundTruth: string | null
}

export interface StudyState {
  readonly phase: Phase
  readonly progress: Progress | null
  readonly current: OpenStudy | null
  /** Opened beside the current one from similar cases. */
  readonly comparison: OpenStudy | null
  readonly comparisonPhase: Phase
  /** Library id of the case that is being opened or lies beside the current study. */
  readonly comparisonCaseId: string | null
  /** Series of the last drop, best first; the chosen one is `chosenSeriesId`. */
  readonly series: readonly SeriesSummary[]
  readonly chosenSeriesId: string | null
  /** Studies opened in this visit, newest first; `id` can be opened again while the page lives. */
  readonly recent: readonly { readonly id: string; readonly title: string; readonly subtitle: string }[]
}

export type SaidStatus = 'present' | 'absent' | 'not-mentioned'

export interface FindingRow {
  readonly id: FindingId
  readonly label: string
  /** Calibrated probability from the CT, 0…1; null until encoded. */
  readonly probability: number | null
  /** Calibrated probability from which the finding counts as seen: the tick on the bar. */
  readonly threshold?: number | null
  readonly seen: 'present' | 'unsure' | 'absent' | null
  readonly said: SaidStatus
  /** Margin of the strongest utterance, cos⁺ − cos⁻; null when nothing was said. */
  readonly saidMargin: number | null
  /** Utterance that decided `said`. */
  readonly saidByUtteranceId: string | null
  /** Seen and said agree, or how they differ; null until both sides exist. */
  readonly agreement: 'agree' | 'seen-not-said' | 'said-not-seen' | null
}

/** How one engine runs. */
export interface EngineState {
  readonly provider: 'webgpu' | 'wasm'
  /** Precision: "int8", or "int8 and fp32" where the graphs differ. */
  readonly variant: string
  readonly threads: number
  readonly adapter: string | null
  readonly note: string
  readonly parityCosine: number | null
  /** When the self-test was passed, milliseconds since 1970: with this load, or remembered from an earlier one. */
  readonly testedAt: number | null
  readonly loadMs: number
}

/** What the manifest says of the pack itself. */
export interface ModelCard {
  readonly description: string
  readonly trainedOn: string
  readonly licence: string
  readonly intendedUse: string
  readonly citations: readonly string[]
  readonly limits: readonly string[]
}

export interface ModelState {
  readonly phase: Phase
  readonly progress: Progress | null
  /** Packs to choose from, the default first, those that a person brought last; empty until their list was read. */
  readonly packs: readonly OfferedPack[]
  /** The pack that a person chose; null: the default. */
  readonly packChoice: string | null
  /** The pack that is loaded or being loaded. */
  readonly packId: string | null
  readonly packTitle: string | null
  readonly packVersion: string | null
  readonly clinical: false
  /** Running provider of the CT encoder and why, e.g. "wasm, 2 threads" / "software adapter counts as no GPU". */
  readonly ctProvider: 'webgpu' | 'wasm' | null
  readonly providerNote: string
  readonly speechReady: boolean
  /** The text tower, for typed queries; `idle` where the pack has none. */
  readonly textPhase: Phase
  /** False where no validation split stands behind probabilities and thresholds. */
  readonly isCalibrated: boolean
  readonly problem: Problem | null
  /** Choice of the user; auto takes WebGPU where there is a real adapter. */
  readonly providerChoice: 'auto' | 'webgpu' | 'wasm'
  /** Precision that a person chose; auto leaves it to the pack. */
  readonly variantChoice: 'auto' | GraphVariant['variant']
  /** Precisions that the pack has, in its order. */
  readonly variants: readonly GraphVariant['variant'][]
  /** Findings of the loaded pack, in its order; empty while none is loaded. */
  readonly findings: readonly Finding[]
  readonly ctEngine: EngineState | null
  readonly speechEngine: EngineState | null
  readonly figures: readonly SortedFigure[]
  readonly reliability: readonly ReliabilityBin[]
  readonly comparison: Comparison | null
  readonly card: ModelCard | null
}

/** A pack on its way into the browser's storage. */
export interface PackAddition {
  readonly title: string
  /** `checking`: what an earlier attempt left is read again. */
  readonly step: 'reading' | 'checking' | 'copying' | 'downloading'
  readonly file: string | null
  /** From 1. */
  readonly fileNumber: number
  readonly fileCount: number
  readonly doneBytes: number
  /** 0 while the manifest is read. */
  readonly totalBytes: number
  readonly bytesPerSecond: number | null
}

/** Packs that a person brings; those that arrived whole are among `model.packs`. */
export interface BroughtState {
  readonly adding: PackAddition | null
  readonly unfinished: readonly UnfinishedPack[]
  /** What the browser lets this site keep; null where it does not tell. */
  readonly room: { readonly usedBytes: number; readonly quotaBytes: number; readonly isPersistent: boolean } | null
}

export interface FindingsState {
  readonly phase: Phase
  readonly progress: Progress | null
  /** Ranked by calibrated probability while nothing is said; spoken findings first once something is said. */
  readonly rows: readonly FindingRow[]
  readonly encodeMs: number | null
  readonly preprocessMs: number | null
  /** Set when the scan is outside what the model was trained on. */
  readonly outOfDistribution: { readonly distance: number; readonly limit: number } | null
  readonly problem: Problem | null
}

export type MicrophoneStatus = 'off' | 'starting' | 'listening' | 'speaking' | 'failed'

export interface UtteranceItem {
  readonly id: string
  readonly startMs: number
  readonly durationMs: number
  readonly source: 'microphone' | 'file'
  /** Peak per bin, 0…1, about 64 bins. */
  readonly waveform: readonly number[]
  readonly phase: 'encoding' | 'ready' | 'failed'
  /** CTC transcript, as the model heard it; may be wrong. */
  readonly transcript: string | null
  readonly said: readonly {
    readonly findingId: FindingId
    readonly status: 'present' | 'absent'
    readonly margin: number
  }[]
  /** View and slice on screen while it was spoken. */
  readonly place: { readonly orientation: Orientation; readonly sliceNumber: number; readonly pointLpsMm: Vec3 } | null
  readonly encodeMs: number | null
  readonly problem: Problem | null
}

/** The level of the microphone changes 15 times a second and is not here but in the read-outs (readout.ts). */
export interface DictationState {
  readonly microphone: MicrophoneStatus
  /** The talk key or button is held. */
  readonly pushToTalk: boolean
  /** An audio file is being cut into utterances. */
  readonly fileProgress: Progress | null
  readonly utterances: readonly UtteranceItem[]
  /** The utterance deleted last and where it stood; offered back until the next deletion. */
  readonly lastRemoved: { readonly item: UtteranceItem; readonly index: number } | null
  readonly playingUtteranceId: string | null
  readonly problem: Problem | null
}

export type SimilarQuery =
  | { readonly kind: 'ct' }
  | { readonly kind: 'utterance'; readonly utteranceId: string }
  | { readonly kind: 'finding'; readonly findingId: FindingId }
  /** A typed sentence. */
  | { readonly kind: 'text'; readonly text: string }

export interface SimilarCase {
  readonly id: string
  readonly title: string
  readonly cosine: number
  /** Null where the library does not know them. */
  readonly labels: readonly FindingId[] | null
  readonly canOpen: boolean
  /** Where it lies in the archive; null for a case that is made from its seed. */
  readonly path: string | null
}

export interface SimilarState {
  readonly query: SimilarQuery
  readonly queryLabel: string
  readonly cases: readonly SimilarCase[]
  /** The answer to the query is under way; the cases of the last one stay until it comes. */
  readonly isSearching: boolean
  /** Why the library cannot be searched. */
  readonly problem: Problem | null
  /** Sentences typed about the current study, oldest first. */
  readonly typed: readonly string[]
  readonly librarySize: number
  readonly labelProvenance: string
}

/** The study being read, and the similar case beside it. */
export type ViewerName = 'current' | 'comparison'

export interface ViewState {
  readonly windowPreset: string | null
  readonly windowWidthHu: number
  readonly windowCenterHu: number
  /** Where code put the crosshair last, e.g. on the peak of the heat; its every movement is in the read-outs. */
  readonly crosshairLpsMm: Vec3 | null
  readonly activeViewer: ViewerName
  readonly activeOrientation: Orientation
  /** Source of the heat on screen. */
  readonly heat: SimilarQuery | null
  readonly heatOpacity: number
  /** One viewport shown large, or all three. */
  readonly maximised: Orientation | null
  /** The lines of the crosshair are drawn. */
  readonly isCrosshairShown: boolean
  readonly panels: { readonly studies: boolean; readonly findings: boolean; readonly dictation: boolean }
}

/** Keys as a person has set them (src/commands/keys). */
export interface KeysState {
  /** Names of the keys that replace the default ones, by entry of the command table; an empty list: no key. */
  readonly changed: Readonly<Record<string, readonly string[]>>
  /** Letters, digits and signs work without Ctrl, Alt or Cmd. */
  readonly singleCharacters: boolean
}

export interface Notice {
  readonly id: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly problem: Problem
}

export interface AppState {
  readonly study: StudyState
  readonly model: ModelState
  readonly brought: BroughtState
  readonly findings: FindingsState
  readonly dictation: DictationState
  readonly similar: SimilarState
  readonly view: ViewState
  readonly keys: KeysState
  readonly notices: readonly Notice[]
}
