import { transfer } from 'comlink'
import { type Result, success, toProblem } from '../../base/result.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import type { TimedWord, Transcription } from '../../domain/speech/transcription.ts'
import { loadCheckedFile, orThrow } from '../../packs/fetch/packFiles.ts'
import type { EngineChoice, PackSource, ReportProgress } from '../engines.ts'
import type { ParityProofs } from '../parityProofs.ts'
import type { VariantChoice } from './chooseProvider.ts'
import { chooseThreads, type WorkerRole } from './chooseThreads.ts'
import { type CtEncoding, CtInference } from './ctInference.ts'
import { configureRuntime } from './ortRuntime.ts'
import { SILERO_FILE, SileroVad } from './sileroVad.ts'
import { type SpeechEncoding, SpeechInference } from './speechInference.ts'
import { TextInference } from './textInference.ts'
import { WhisperInference } from './whisperInference.ts'

/** A problem is a value here, because an error loses its fields on the way out of a worker. */
async function toResult<T>(work: () => T | Promise<T>): Promise<Result<T>> {
  try {
    return success(await work())
  } catch (thrown) {
    return { ok: false, problem: toProblem(thrown) }
  }
}

function configureThreads(role: WorkerRole) {
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1
  const decision = chooseThreads(role, cores, globalThis.crossOriginIsolated === true)
  configureRuntime(decision.threads)
  return decision
}

/** What the CT worker answers. */
function createCtApi() {
  let inference: CtInference | null = null
  const ct = () => {
    inference ??= new CtInference(configureThreads('ct'))
    return inference
  }
  return {
    loadCt: (
      pack: PackSource,
      choice: EngineChoice,
      onProgress: ReportProgress,
      onInfo: (info: EngineInfo) => void,
      proofs: ParityProofs,
    ): Promise<Result<EngineInfo>> => toResult(() => ct().load(pack, choice, onProgress, { onInfo, proofs })),
    /** The tokens are a copy, for the client to give back after a restart. */
    encodeCt: (volumeId: string, input: Float32Array, onProgress: ReportProgress): Promise<Result<CtEncoding>> =>
      toResult(async () => {
        const encoding = await ct().encode(volumeId, input, onProgress)
        const tokens = encoding.tokens.slice()
        return transfer({ ...encoding, tokens }, [tokens.buffer])
      }),
    /** Heard while an encoding is under way: between two of its runs. */
    cancelCt: (): void => inference?.cancel(),
    heatCt: (volumeId: string, directions: Float32Array): Promise<Result<Float32Array>> =>
      toResult(() => ct().heat(volumeId, directions)),
    keepCt: (volumeId: string, tokens: Float32Array): Promise<Result<void>> =>
      toResult(() => ct().keep(volumeId, tokens)),
    forgetCt: (volumeId: string): Promise<Result<void>> => toResult(() => ct().forget(volumeId)),
  }
}

/** What the speech worker answers. */
function createSpeechApi() {
  let inference: { readonly speech: SpeechInference; readonly text: TextInference } | null = null
  let vad: SileroVad | null = null
  const ready = () => {
    if (!inference) {
      const threads = configureThreads('speech')
      inference = { speech: new SpeechInference(threads), text: new TextInference(threads) }
    }
    return inference
  }
  const speech = () => ready().speech
  const loadedVad = () => {
    if (!vad) throw new Error('Voice activity detection is not loaded.')
    return vad
  }
  return {
    loadSpeech: (
      pack: PackSource,
      variant: VariantChoice,
      onProgress: ReportProgress,
      proofs: ParityProofs,
    ): Promise<Result<EngineInfo>> => toResult(() => speech().load(pack, variant, onProgress, proofs)),
    encodeSpeech: (audio: Float32Array): Promise<Result<SpeechEncoding>> => toResult(() => speech().encode(audio)),
    loadText: (pack: PackSource, variant: VariantChoice, onProgress: ReportProgress): Promise<Result<EngineInfo>> =>
      toResult(() => ready().text.load(pack, variant, onProgress)),
    encodeText: (sentence: string): Promise<Result<Float32Array>> => toResult(() => ready().text.encode(sentence)),
    unloadText: (): Promise<Result<void>> => toResult(() => ready().text.unload()),
    loadVad: (url: string): Promise<Result<void>> =>
      toResult(async () => {
        speech()
        vad ??= await SileroVad.open(await orThrow(loadCheckedFile(url, SILERO_FILE)))
      }),
    resetVad: (): Promise<Result<void>> => toResult(() => loadedVad().reset()),
    vadProbability: (frame: Float32Array): Promise<Result<number>> => toResult(() => loadedVad().probability(frame)),
  }
}

/** What the transcriber's worker answers. */
function createTranscriberApi() {
  let inference: WhisperInference | null = null
  const whisper = () => {
    inference ??= new WhisperInference(configureThreads('transcriber'))
    return inference
  }
  return {
    loadTranscriber: (pack: PackSource, onProgress: ReportProgress): Promise<Result<EngineInfo>> =>
      toResult(() => whisper().load(pack, onProgress)),
    transcribe: (audio: Float32Array): Promise<Result<Transcription>> => toResult(() => whisper().transcribe(audio)),
    encodePart: (audio: Float32Array): Promise<Result<void>> => toResult(() => whisper().encodePart(audio)),
    writePart: (): Promise<Result<readonly TimedWord[]>> => toResult(() => whisper().writePart()),
  }
}

/** One script serves all workers; each runs one part, with the threads of that part. */
export const createInferenceApi = () => ({ ...createCtApi(), ...createSpeechApi(), ...createTranscriberApi() })

export type InferenceApi = ReturnType<typeof createInferenceApi>
