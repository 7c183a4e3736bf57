import { ProblemError } from '../../base/result.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import { joinFrames } from '../../domain/speech/ctc.ts'
import type { HeardSpeech, HeardWindow } from '../../domain/speech/heardSpeech.ts'
import type { Transcriber } from '../../domain/speech/transcriber.ts'
import { averageEmbeddings, padAudio, toWindows } from '../../domain/speech/windows.ts'
import type { PackSource, ReportProgress } from '../engines.ts'
import { NO_PROOFS, type ParityProofs } from '../parityProofs.ts'
import type { VariantChoice } from './chooseProvider.ts'
import type { ThreadDecision } from './chooseThreads.ts'
import type { OpenGraph } from './openGraph.ts'
import { openSpeech, runSpeech } from './openSpeech.ts'
import { openTranscriber } from './openTranscriber.ts'
import { checkUnit } from './parityProbe.ts'

export interface SpeechEncoding extends HeardSpeech {
  readonly transcript: string | null
  readonly encodeMs: number
}

interface Loaded {
  readonly pack: PackSource
  readonly encoder: OpenGraph
  /** Null where the encoder has no letters. */
  readonly transcriber: Transcriber | null
}

/** Shorter audio is padded: a convolution over less than its kernel has no output. */
const SHORTEST_SECONDS = 0.3

const refuse = (code: string, message: string, nextStep: string): ProblemError =>
  new ProblemError({ code, message, nextStep })

/** The first frames of [frames, letters]: those of the padding behind them say nothing. */
const keepShare = (logProbs: Float32Array, letters: number, share: number): Float32Array =>
  logProbs.subarray(0, Math.round((logProbs.length / letters) * share) * letters)

function speechOf(pack: PackSource) {
  if (pack.manifest.speech) return pack.manifest.speech
  throw refuse('no-speech-model', `The pack ${pack.manifest.title} has no speech encoder.`, 'Choose a pack with one.')
}

/** The speech encoder inside its worker, always on wasm. Rejects with ProblemError. */
export class SpeechInference {
  #loaded: Loaded | null = null

  constructor(private readonly threads: ThreadDecision) {}

  async load(
    pack: PackSource,
    variant: VariantChoice,
    onProgress: ReportProgress,
    proofs: ParityProofs = NO_PROOFS,
  ): Promise<EngineInfo> {
    const startedAt = performance.now()
    const speech = speechOf(pack)
    await this.#loaded?.encoder.session.dispose()
    this.#loaded = null
    const transcriber = await openTranscriber(pack.baseUrl, speech, onProgress)
    const { encoder, ...checked } = await openSpeech(pack, speech, { choice: variant, proofs, onProgress })
    this.#loaded = { pack, encoder, transcriber }
    const note = ['runs beside the CT encoder', this.threads.note].filter(Boolean).join('; ')
    const { threads } = this.threads
    const loadMs = performance.now() - startedAt
    return { provider: 'wasm', variant: encoder.variant.variant, threads, adapter: null, note, ...checked, loadMs }
  }

  /** Any length of 16 kHz mono audio but none; windows one by one, so that voice activity detection gets its turn. */
  async encode(audio: Float32Array): Promise<SpeechEncoding> {
    if (!this.#loaded) throw refuse('model-not-loaded', 'No speech encoder is loaded.', 'Load the models again.')
    if (audio.length === 0)
      throw refuse('no-audio', 'The recording is empty.', 'Check the microphone and say it again.')
    const startedAt = performance.now()
    const { pack, encoder, transcriber } = this.#loaded
    const speech = speechOf(pack)
    const windows = toWindows(audio.length, speech.sampleRateHz, speech)
    const shortest = speech.fixedSamples ?? SHORTEST_SECONDS * speech.sampleRateHz
    const letters = speech.alphabet?.length ?? 0
    const heard: HeardWindow[] = []
    const toSeconds = (samples: number) => samples / speech.sampleRateHz
    const frames: Float32Array[] = []
    for (const { start, end } of windows) {
      const samples = padAudio(audio.slice(start, end), shortest)
      const output = await runSpeech(encoder, samples)
      const span = { startSeconds: toSeconds(start), endSeconds: toSeconds(end) }
      heard.push({ embedding: checkUnit(output.embedding.data, 'speech encoder'), span })
      if (!speech.alphabet) continue
      const spoken = speech.fixedSamples ? (end - start) / speech.fixedSamples : 1
      frames.push(keepShare(output.log_probs.data, letters, spoken))
    }
    const transcript = transcriber ? transcriber.toText(joinFrames(frames, windows, letters)) : null
    const embedding = averageEmbeddings(heard.map((one) => one.embedding))
    return { embedding, windows: heard, transcript, encodeMs: performance.now() - startedAt }
  }
}
