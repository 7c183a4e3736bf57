import type { EngineInfo } from '../domain/model/engineInfo.ts'
import type { Manifest } from '../domain/model/manifest.ts'
import type { HeardSpeech } from '../domain/speech/heardSpeech.ts'
import type { TimedWord, Transcription } from '../domain/speech/transcription.ts'
import type { ProviderChoice, VariantChoice } from './worker/chooseProvider.ts'

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

/**
 * Makes the input of the CT encoder, f32 of the manifest's shape. The array that it gives is moved to the worker and is
 * empty afterwards, so that a large volume lies in memory once; after a crash of the worker it is asked for again.
 */
export type CtInputSource = () => Promise<Float32Array>

/** The CT encoder in its worker. Tokens stay there, by volume id; the head runs again for every direction. */
export interface CtEngine {
  /**
   * Fetches (checked), creates the sessions and runs the parity probe; another pack's sessions are freed first. Rejects
   * with ProblemError, or with AbortError when the signal says that something else is wanted by now.
   */
  load(pack: PackSource, choice: EngineChoice, onProgress: ReportProgress, signal?: AbortSignal): Promise<EngineInfo>
  /** Rejects with AbortError when cancelled, at once; the run itself ends after the part that is under way. */
  encode(
    volumeId: string,
    input: CtInputSource,
    signal: AbortSignal,
    onProgress?: ReportProgress,
  ): Promise<{ embedding: Float32Array; tokenMean: Float32Array; encodeMs: number }>
  /** Heat of n directions (n × dimension) over the kept tokens of the volume: n × tokens. */
  heat(volumeId: string, directions: Float32Array): Promise<Float32Array>
  /** Drops the tokens of a volume. */
  forget(volumeId: string): void
  dispose(): void
}

/** Speech encoder, text tower and Silero VAD in a second worker (wasm), so that a long CT run never delays an utterance. */
export interface SpeechEngine {
  /**
   * One load after the other; the session of the last pack is freed first, or kept where this pack has the same encoder.
   */
  load(pack: PackSource, variant: VariantChoice, onProgress: ReportProgress): Promise<EngineInfo>
  /** Any length of 16 kHz mono audio; windows and averaging as the manifest says. */
  encode(audio: Float32Array): Promise<HeardSpeech & { transcript: string | null; encodeMs: number }>
  /** Loads the pack's text tower after what is being loaded; null for a pack without one frees that of the last pack. */
  loadText(pack: PackSource, variant: VariantChoice, onProgress: ReportProgress): Promise<EngineInfo | null>
  /** Unit embedding of a typed sentence. */
  encodeText(sentence: string): Promise<Float32Array>
  /** Loads Silero from the app's own origin; independent of the pack. */
  loadVad(): Promise<void>
  /** Forgets the recurrent state, before a new recording. */
  resetVad(): Promise<void>
  /** Speech probability of the next 512 samples (32 ms) of the running recording. */
  vadProbability(frame: Float32Array): Promise<number>
  dispose(): void
}

export interface LoadTranscriberOptions {
  readonly signal?: AbortSignal
  /** Nothing is fetched before it has settled or somebody speaks. */
  readonly after?: Promise<unknown>
}

/** Writes down what was said, in a third worker (wasm): chips never wait for it. */
export interface TranscriberEngine {
  /**
   * Null, and what was loaded is freed, where the pack has none or the machine is too small for it. What is loaded
   * already serves a pack with the same one. Rejects with ProblemError, or with AbortError when the signal says so.
   */
  load(pack: PackSource, onProgress: ReportProgress, options?: LoadTranscriberOptions): Promise<EngineInfo | null>
  /** Somebody speaks: what was to be loaded later is loaded now. */
  wake(): void
  /** Any length of 16 kHz mono audio, after what is being loaded; null where none is. Rejects with ProblemError. */
  transcribe(audio: Float32Array): Promise<Transcription | null>
  /**
   * Words of a part of speech under way, times from its beginning, in two runs. Null where none is loaded, or where before a run
   * something is to be transcribed or it is not wanted: what is transcribed waits for one run at most, never for the next. Rejects with ProblemError.
   */
  hearPart(audio: Float32Array, isWanted: () => boolean): Promise<readonly TimedWord[] | null>
  dispose(): void
}
