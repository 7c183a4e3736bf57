import { ProblemError } from '../base/result.ts'
import { joinPaths, toBestPath, toTranscript } from '../domain/speech/ctc.ts'
import { averageEmbeddings, padAudio, toWindows } from '../domain/speech/windows.ts'
import type { ThreadDecision } from './chooseThreads.ts'
import type { EngineInfo, PackSource, ReportProgress } from './engines.ts'
import { type OpenGraph, openGraph } from './openGraph.ts'
import type { FloatTensor } from './ortSession.ts'
import { checkUnit, loadProbeInput, parityProblem, toParityCosine } from './parityProbe.ts'

export interface SpeechEncoding {
  readonly embedding: Float32Array
  readonly transcript: string | null
  readonly encodeMs: number
}

interface Loaded {
  readonly pack: PackSource
  readonly encoder: OpenGraph
}

/** Shorter audio is padded: a convolution over less than its kernel has no output. */
const SHORTEST_SECONDS = 0.3

const refuse = (code: string, message: string, nextStep: string): ProblemError =>
  new ProblemError({ code, message, nextStep })

function speechOf(pack: PackSource) {
  if (pack.manifest.speech) return pack.manifest.speech
  throw refuse('no-speech-model', `The pack ${pack.manifest.title} has no speech encoder.`, 'Choose a pack with one.')
}

const runEncoder = ({ session }: OpenGraph, audio: Float32Array): Promise<Readonly<Record<string, FloatTensor>>> =>
  session.run({ audio: { type: 'float32', data: audio, shape: [1, audio.length] } })

/** The speech encoder inside its worker, always on wasm. Rejects with ProblemError. */
export class SpeechInference {
  #loaded: Loaded | null = null

  constructor(private readonly threads: ThreadDecision) {}

  async load(pack: PackSource, onProgress: ReportProgress): Promise<EngineInfo> {
    const startedAt = performance.now()
    const speech = speechOf(pack)
    await this.#loaded?.encoder.session.dispose()
    this.#loaded = null
    const place = { baseUrl: pack.baseUrl, backend: { provider: 'wasm' }, hasShaderF16: false } as const
    const encoder = await openGraph('speech encoder', speech.encoder, place, onProgress)
    onProgress('Testing the speech encoder', null)
    const { embedding } = await runEncoder(encoder, await loadProbeInput(pack.baseUrl, speech.parity))
    const parityCosine = toParityCosine(embedding.data, speech.parity)
    if (!(parityCosine >= speech.parity.minCosine)) {
      await encoder.session.dispose()
      throw parityProblem('speech encoder', parityCosine, speech.parity)
    }
    this.#loaded = { pack, encoder }
    const note = ['runs beside the CT encoder', this.threads.note].filter(Boolean).join('; ')
    const { threads } = this.threads
    const loadMs = performance.now() - startedAt
    return { provider: 'wasm', variant: encoder.variant, threads, adapter: null, note, parityCosine, loadMs }
  }

  /** Any length of 16 kHz mono audio but none; windows one by one, so that voice activity detection gets its turn. */
  async encode(audio: Float32Array): Promise<SpeechEncoding> {
    if (!this.#loaded) throw refuse('model-not-loaded', 'No speech encoder is loaded.', 'Load the models again.')
    if (audio.length === 0)
      throw refuse('no-audio', 'The recording is empty.', 'Check the microphone and say it again.')
    const startedAt = performance.now()
    const { pack, encoder } = this.#loaded
    const speech = speechOf(pack)
    const windows = toWindows(audio.length, speech.sampleRateHz, speech)
    const embeddings: Float32Array[] = []
    const paths: Uint16Array[] = []
    for (const { start, end } of windows) {
      const samples = padAudio(audio.slice(start, end), SHORTEST_SECONDS * speech.sampleRateHz)
      const output = await runEncoder(encoder, samples)
      embeddings.push(checkUnit(output.embedding.data, 'speech encoder'))
      if (speech.alphabet) paths.push(toBestPath(output.log_probs.data, speech.alphabet.length))
    }
    const transcript = speech.alphabet ? toTranscript(joinPaths(paths, windows), speech.alphabet) : null
    return { embedding: averageEmbeddings(embeddings), transcript, encodeMs: performance.now() - startedAt }
  }
}
