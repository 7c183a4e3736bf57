import { ProblemError } from '../../base/result.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import { type TimedWord, type Transcription, toTranscription } from '../../domain/speech/transcription.ts'
import { alignTokens } from '../../domain/speech/whisper/alignTokens.ts'
import { cutAtPauses, toMostTokens } from '../../domain/speech/whisper/contexts.ts'
import { countKept, isSilent } from '../../domain/speech/whisper/guard.ts'
import { toWords } from '../../domain/speech/whisper/toWords.ts'
import type { AudioWindow } from '../../domain/speech/windows.ts'
import type { PackSource, ReportProgress } from '../engines.ts'
import type { ThreadDecision } from './chooseThreads.ts'
import { encodeWindow, type OpenWhisper, openWhisper, writeWindow } from './openWhisper.ts'
import type { FloatTensor } from './ortSession.ts'

const SAMPLE_RATE_HZ = 16000
const SECONDS_A_FRAME = 0.02

const refuse = (code: string, message: string): ProblemError =>
  new ProblemError({ code, message, nextStep: 'Load the models again from the model page.' })

/** Speech under way breaks off: what is written beyond its usual pace is a loop. */
const PART_SPARE_TOKENS = 4

/** Where a window lies, samples, and how many tokens may be written about it. */
interface Hearing extends AudioWindow {
  readonly most: number
}

/** Whisper inside its worker, on wasm. Rejects with ProblemError. */
export class WhisperInference {
  #whisper: OpenWhisper | null = null
  /** Of speech under way, between its two runs. */
  #part: { readonly states: FloatTensor; readonly samples: number } | null = null

  constructor(private readonly threads: ThreadDecision) {}

  async load(pack: PackSource, onProgress: ReportProgress): Promise<EngineInfo> {
    const startedAt = performance.now()
    const rule = pack.manifest.speech?.transcriber
    if (!rule) throw refuse('no-transcriber', `The pack ${pack.manifest.title} has no transcriber.`)
    const { same, ...whisper } = await openWhisper(pack, rule, onProgress)
    this.#whisper = whisper
    return {
      provider: 'wasm',
      variant: whisper.decoder.variant.variant,
      threads: this.threads.threads,
      adapter: null,
      note: this.threads.note,
      parityCosine: same,
      testedAt: Date.now(),
      fallback: null,
      loadMs: performance.now() - startedAt,
    }
  }

  /** Any length of 16 kHz mono audio; pieces are cut at pauses and written one by one. */
  async transcribe(audio: Float32Array): Promise<Transcription> {
    const whisper = this.#loaded
    const words: TimedWord[] = []
    for (const { start, end } of cutAtPauses(audio, SAMPLE_RATE_HZ, whisper.rule)) {
      const states = await encodeWindow(whisper, audio.subarray(start, end))
      const most = toMostTokens(end - start, SAMPLE_RATE_HZ, whisper.rule)
      words.push(...(await hear(whisper, states, { start, end, most })))
    }
    return toTranscription(words)
  }

  /** The first half of a part of speech under way, at most what the longest context may hold: a run cannot be interrupted. */
  async encodePart(audio: Float32Array): Promise<void> {
    this.#part = null
    this.#part = { states: await encodeWindow(this.#loaded, audio), samples: audio.length }
  }

  /** The second half: what was said in the part encoded last, once. */
  async writePart(): Promise<readonly TimedWord[]> {
    const whisper = this.#loaded
    const part = this.#part
    this.#part = null
    if (!part) throw refuse('part-not-encoded', 'The speech under way is lost.')
    const { states, samples } = part
    const most = toMostTokens(samples, SAMPLE_RATE_HZ, { ...whisper.rule, spareTokens: PART_SPARE_TOKENS })
    return hear(whisper, states, { start: 0, end: samples, most })
  }

  get #loaded(): OpenWhisper {
    if (!this.#whisper) throw refuse('model-not-loaded', 'No transcriber is loaded.')
    return this.#whisper
  }
}

async function hear(whisper: OpenWhisper, states: FloatTensor, { start, end, most }: Hearing): Promise<TimedWord[]> {
  const { prompt } = whisper.rule
  const written = await writeWindow(whisper, states, { most, prompt })
  const { ids, isEnded, logProbs, noSpeech, attention } = written
  const kept = countKept(ids, isEnded)
  if (kept === 0 || isSilent(logProbs, noSpeech, whisper.rule.guard)) return []
  const [tokens, heads, frames] = attention.shape
  const spoken = Math.ceil((end - start) / SAMPLE_RATE_HZ / SECONDS_A_FRAME)
  const offset = start / SAMPLE_RATE_HZ
  const starts = alignTokens({ data: attention.data, tokens, heads, frames }, spoken).map(
    (frame) => offset + frame * SECONDS_A_FRAME,
  )
  const last = starts[kept] ?? end / SAMPLE_RATE_HZ
  return toWords({ ids: ids.slice(0, kept), logProbs, starts: starts.slice(0, kept), end: last }, whisper.table)
}
