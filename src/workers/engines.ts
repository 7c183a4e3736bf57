import type { Manifest, Provider } from '../domain/model/manifest.ts'
import type { ProviderChoice, VariantChoice } from './chooseProvider.ts'

/** How a loaded engine runs, for the panel. */
export interface EngineInfo {
  readonly provider: Provider
  readonly variant: string
  readonly threads: number
  /** GPU vendor and architecture as the adapter tells, or null. */
  readonly adapter: string | null
  /** Why this provider, in a short sentence: e.g. "software adapter counts as no GPU". */
  readonly note: string
  readonly parityCosine: number | null
  /** Told once: why another variant runs than the one that the pack prefers; null where it is that one. */
  readonly fallback: string | null
  readonly loadMs: number
}

/** What is being done, and how far: 0…1, or null where the length is unknown. */
export type ReportProgress = (label: string, fraction: number | null) => void

export interface PackSource {
  readonly manifest: Manifest
  /** URL of the pack's folder on the app's own origin, with a final slash. */
  readonly baseUrl: string
}

/** What a person chose about how the models run. */
export interface EngineChoice {
  readonly provider: ProviderChoice
  readonly variant: VariantChoice
}

/** The CT encoder in its worker. Tokens stay there, by volume id; the head runs again for every direction. */
export interface CtEngine {
  /**
   * Fetches (checked), creates the sessions and runs the parity probe; another pack's sessions are freed first. Rejects
   * with ProblemError, or with AbortError when the signal says that something else is wanted by now.
   */
  load(pack: PackSource, choice: EngineChoice, onProgress: ReportProgress, signal?: AbortSignal): Promise<EngineInfo>
  /** `input` is f32 of the manifest's shape. Rejects with AbortError when cancelled. */
  encode(
    volumeId: string,
    input: Float32Array,
    signal: AbortSignal,
  ): Promise<{ embedding: Float32Array; tokenMean: Float32Array; encodeMs: number }>
  /** Heat of n directions (n × dimension) over the kept tokens of the volume: n × tokens. */
  heat(volumeId: string, directions: Float32Array): Promise<Float32Array>
  /** Drops the tokens of a volume. */
  forget(volumeId: string): void
  dispose(): void
}

/** Speech encoder and Silero VAD in a second worker (wasm), so that a long CT run never delays an utterance. */
export interface SpeechEngine {
  /**
   * One load after the other; the session of the last pack is freed first, or kept where this pack has the same encoder.
   */
  load(pack: PackSource, variant: VariantChoice, onProgress: ReportProgress): Promise<EngineInfo>
  /** Any length of 16 kHz mono audio; windows and averaging as the manifest says. */
  encode(audio: Float32Array): Promise<{ embedding: Float32Array; transcript: string | null; encodeMs: number }>
  /** Loads Silero from the app's own origin; independent of the pack. */
  loadVad(): Promise<void>
  /** Forgets the recurrent state, before a new recording. */
  resetVad(): Promise<void>
  /** Speech probability of the next 512 samples (32 ms) of the running recording. */
  vadProbability(frame: Float32Array): Promise<number>
  dispose(): void
}
