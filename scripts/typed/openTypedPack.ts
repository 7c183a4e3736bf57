import { scoreByReading } from '../../src/domain/findings/saidScore.ts'
import type { Manifest } from '../../src/domain/model/manifest.ts'
import { scoreCases, toBestIndices } from '../../src/domain/retrieval/rankCases.ts'
import { openTokenizer } from '../../src/domain/text/tokenizer.ts'
import { openText } from '../../src/inference/worker/openText.ts'
import { configureNodeRuntime, servePack } from '../../src/inference/worker/servePack.fixture.ts'
import { SpeechInference } from '../../src/inference/worker/speechInference.ts'
import { fetchPackFile } from '../../src/packs/fetch/packFiles.ts'

/** A sentence as the tower reads it. */
export interface ReadSentence {
  /** Unit, f32[dimension]. */
  readonly embedding: Float32Array
  /** f32[findings · 5]: probability that a finding is not mentioned, present, absent, uncertain, resolved. */
  readonly statuses: Float32Array
}

export interface TypedPack {
  readonly manifest: Manifest
  /** Unit embeddings of the library's cases, row by row. */
  readonly library: Float32Array
  readonly prompts: Float32Array
  read(sentence: string): Promise<ReadSentence>
  hear(audio: Float32Array): Promise<Float32Array>
  /** Of the finding that an embedding states most firmly. */
  score(embedding: Float32Array): number
  /** Share of the nearest cases that have the finding; `but`: a case that is left out. */
  precision(query: Float32Array, finding: number, count: number, but?: number): number
  close(): void
}

/** A pack's text tower, speech encoder and library in Node. */
export async function openTypedPack(folder: string): Promise<TypedPack> {
  configureNodeRuntime(true)
  const server = await servePack(folder)
  const { manifest, baseUrl } = server.pack
  const { text, speech, library, prompts } = manifest
  if (!text || !speech?.reading || !library.embeddings || !prompts)
    throw new Error(`${folder} has no text tower, reading, library or prompts`)
  const opened = openTokenizer(await fetchPackFile(baseUrl, text.tokenizer), text.maxTokens)
  if (!opened.ok) throw new Error(opened.problem.message)
  const tokenizer = opened.value
  const checked = await openText(server.pack, text, tokenizer, { choice: 'auto', onProgress: () => undefined })
  const floats = async (file: Parameters<typeof fetchPackFile>[1]) =>
    new Float32Array(await fetchPackFile(baseUrl, file))
  const cases = await floats(library.embeddings)
  const said = scoreByReading({ vectors: await floats(speech.reading), dimension: manifest.embedding.dimension })
  const ears = new SpeechInference({ threads: 1, note: '' })
  let isListening = false
  const labels = library.cases.map((one) => one.labels ?? [])
  return {
    manifest,
    library: cases,
    prompts: await floats(prompts),
    async read(sentence) {
      const ids = tokenizer.toIds(sentence)
      const out = await checked.encoder.session.run({ ids: { type: 'int64', data: ids, shape: [1, ids.length] } })
      return { embedding: out.embedding.data, statuses: out.statuses.data }
    },
    async hear(audio) {
      if (!isListening) await ears.load(server.pack, 'auto', () => undefined)
      isListening = true
      return (await ears.encode(audio)).embedding
    },
    score: (embedding) => Math.max(...manifest.findings.map((_, n) => Math.abs(said(embedding, n)))),
    precision(query, finding, count, but = -1) {
      const nearest = toBestIndices(scoreCases(query, cases), count + 1).filter((n) => n !== but)
      const own = nearest.slice(0, count)
      return own.filter((n) => labels[n][finding] === 1).length / own.length
    },
    close: server.close,
  }
}

export const print = (line: string): boolean => process.stdout.write(`${line}\n`)

export const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length
