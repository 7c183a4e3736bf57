import type { Problem } from '../base/result.ts'
import type { Finding } from '../domain/findings/finding.ts'
import type { EngineInfo } from '../domain/model/engineInfo.ts'
import type { SortedFigure } from '../domain/model/figureGroups.ts'
import type { OfferedPack } from '../domain/model/keptPack.ts'
import type { Comparison, GraphVariant, ReliabilityBin } from '../domain/model/manifest.ts'
import type { Phase, Progress } from './progress.ts'

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
  /** The pack has a speech encoder; true until its manifest is read. */
  readonly hasSpeech: boolean
  readonly speechReady: boolean
  /** The text tower, for typed queries; `idle` where the pack has none. */
  readonly textPhase: Phase
  /** What writes the transcript, loaded behind the reader's back; `idle` where the pack has none or the machine is too small. */
  readonly transcriberPhase: Phase
  readonly transcriberProgress: Progress | null
  /** False where no validation split stands behind probabilities and thresholds. */
  readonly isCalibrated: boolean
  /** False where the pack cannot tell a scan that it knows from another. */
  readonly isGuarded: boolean
  readonly problem: Problem | null
  /** Choice of the user; auto takes WebGPU where there is a real adapter. */
  readonly providerChoice: 'auto' | 'webgpu' | 'wasm'
  /** Precision that a person chose; auto leaves it to the pack. */
  readonly variantChoice: 'auto' | GraphVariant['variant']
  /** Precisions that the pack has, in its order. */
  readonly variants: readonly GraphVariant['variant'][]
  /** Findings of the loaded pack, in its order; empty while none is loaded. */
  readonly findings: readonly Finding[]
  readonly ctEngine: EngineInfo | null
  readonly speechEngine: EngineInfo | null
  readonly transcriberEngine: EngineInfo | null
  readonly figures: readonly SortedFigure[]
  readonly reliability: readonly ReliabilityBin[]
  readonly comparison: Comparison | null
  readonly card: ModelCard | null
  /** The pack's library of cases. */
  readonly librarySize: number
  readonly labelProvenance: string
}
