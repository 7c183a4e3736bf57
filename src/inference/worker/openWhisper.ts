import { ProblemError } from '../../base/result.ts'
import type { TranscriberFiles } from '../../domain/model/manifest.ts'
import { toContextSamples } from '../../domain/speech/whisper/contexts.ts'
import { parseTokenTable, type TokenTable } from '../../domain/speech/whisper/tokenTable.ts'
import { padAudio } from '../../domain/speech/windows.ts'
import { fetchPackFile } from '../../packs/fetch/packFiles.ts'
import type { PackSource, ReportProgress } from '../engines.ts'
import { type OpenGraph, openGraph } from './openGraph.ts'
import type { FloatTensor } from './ortSession.ts'
import { loadStored } from './parityProbe.ts'

/** Whisper that passed its self-test. */
export interface OpenWhisper {
  readonly encoder: OpenGraph
  readonly decoder: OpenGraph
  readonly table: TokenTable
  readonly rule: TranscriberFiles
}

/** What was written about one window, before anything is judged. */
export interface WrittenWindow {
  /** Without the end. */
  readonly ids: readonly number[]
  /** Whether the end was reached, before the most tokens. */
  readonly isEnded: boolean
  /** Natural logarithms, of the end too where it was reached. */
  readonly logProbs: Float32Array
  readonly noSpeech: number
  /** Row-major [tokens, heads, frames]; the end's row follows where it was reached. */
  readonly attention: FloatTensor
}

const WHAT = 'transcriber'
const SAMPLE_RATE_HZ = 16000
/** Tokens of the self-test's clip that must come at their places: another processor may round the odd one otherwise. */
const LEAST_SAME = 0.75

/** Audio of one window, at most what a context may hold → the encoder's states. Rejects with ProblemError. */
export async function encodeWindow({ encoder, rule }: OpenWhisper, audio: Float32Array): Promise<FloatTensor> {
  const samples = toContextSamples(audio.length, SAMPLE_RATE_HZ, rule)
  const context = padAudio(audio, samples).slice(0, samples)
  const { states } = await encoder.session.run({ audio: { type: 'float32', data: context, shape: [1, samples] } })
  return states
}

/** The encoder's states of a window → tokens. Rejects with ProblemError. */
export async function writeWindow(
  { decoder, table, rule }: OpenWhisper,
  states: FloatTensor,
  { most, prompt }: { readonly most: number; readonly prompt: readonly number[] },
): Promise<WrittenWindow> {
  const ids = BigInt64Array.from([...prompt, ...rule.start], BigInt)
  const written = await decoder.session.run({
    states: { type: 'float32', data: states.data, shape: states.shape },
    prompt: { type: 'int64', data: ids, shape: [ids.length] },
    bias: { type: 'float32', data: new Float32Array(table.count), shape: [table.count] },
    most: { type: 'int64', data: BigInt64Array.of(BigInt(most)), shape: [1] },
  })
  const tokens = Array.from(written.tokens.data)
  const isEnded = tokens.at(-1) === rule.end
  return {
    ids: isEnded ? tokens.slice(0, -1) : tokens,
    isEnded,
    logProbs: written.log_probs.data,
    noSpeech: written.no_speech.data[0],
    attention: written.attention,
  }
}

const failed = (same: number): ProblemError =>
  new ProblemError({
    code: 'parity-failed',
    message: `The ${WHAT} writes other words on this device than in training: ${Math.round(100 * same)} % of the self-test's tokens.`,
    nextStep: 'Findings are read from the sound all the same; the transcript comes from the small encoder.',
  })

/** Whether the stored clip is written down as it was in training. */
async function prove(whisper: OpenWhisper, baseUrl: string): Promise<number> {
  const { parity, prompt } = whisper.rule
  const states = await encodeWindow(whisper, await loadStored(baseUrl, parity.input))
  const { ids } = await writeWindow(whisper, states, { most: parity.most, prompt })
  const same = parity.expected.filter((id, n) => ids[n] === id).length / parity.expected.length
  if (!(same >= LEAST_SAME)) throw failed(same)
  return same
}

/** Fetches, opens and tests it, with the share of equal tokens. Rejects with ProblemError. */
export async function openWhisper(
  { baseUrl }: PackSource,
  rule: TranscriberFiles,
  onProgress: ReportProgress,
): Promise<OpenWhisper & { readonly same: number }> {
  const place = { baseUrl, backend: { provider: 'wasm' }, hasShaderF16: false, choice: 'auto', attempt: 0 } as const
  const table = parseTokenTable(new Uint8Array(await fetchPackFile(baseUrl, rule.tokens)))
  if (!table.ok) throw new ProblemError(table.problem)
  const encoder = await openGraph(`${WHAT}'s encoder`, rule.encoder, place, onProgress)
  const decoder = await openGraph(`${WHAT}'s decoder`, rule.decoder, place, onProgress)
  const whisper = { encoder, decoder, table: table.value, rule }
  onProgress(`Testing the ${WHAT}`, null)
  return { ...whisper, same: await prove(whisper, baseUrl) }
}
