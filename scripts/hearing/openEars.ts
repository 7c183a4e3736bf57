import { scoreByReading } from '../../src/domain/findings/saidScore.ts'
import { type EmbeddingReading, readEmbeddings } from '../../src/domain/statements/readEmbeddings.ts'
import { toVocabulary, type Vocabulary } from '../../src/domain/statements/transcript/mentions.ts'
import { toSpellings } from '../../src/domain/statements/transcript/respell.ts'
import { fromTimedWords, type HeardWord, toHeardWords } from '../../src/domain/statements/transcript/tokens.ts'
import { configureNodeRuntime, servePack } from '../../src/inference/worker/servePack.fixture.ts'
import { SpeechInference } from '../../src/inference/worker/speechInference.ts'
import { WhisperInference } from '../../src/inference/worker/whisperInference.ts'
import { fetchPackFile } from '../../src/packs/fetch/packFiles.ts'

/** What a pack makes of speech, before its two readers are joined. */
export interface Heard {
  readonly embedding: readonly EmbeddingReading[]
  readonly transcript: string
  /** As the reader of transcripts takes them. */
  readonly heardWords: readonly HeardWord[]
}

export interface Ears {
  readonly vocabulary: Vocabulary
  readonly spellings: ReadonlySet<string>
  hear(audio: Float32Array): Promise<Heard>
  close(): void
}

/** A pack's ears by the app's own code, on one thread of wasm; by default the bundled pack's. */
export async function openEars(folder = process.env.PACK ?? 'public/models/phantom-mini'): Promise<Ears> {
  configureNodeRuntime(true)
  const server = await servePack(folder)
  const { manifest, baseUrl } = server.pack
  const speech = new SpeechInference({ threads: 1, note: '' })
  await speech.load(server.pack, 'auto', () => undefined)
  const writer = manifest.speech?.transcriber ? new WhisperInference({ threads: 1, note: '' }) : null
  await writer?.load(server.pack, () => undefined)
  const reading = manifest.speech?.reading
  if (!reading) throw new Error(`${folder} has no reading directions`)
  const vectors = new Float32Array(await fetchPackFile(baseUrl, reading))
  const score = scoreByReading({ vectors, dimension: manifest.embedding.dimension })
  return {
    vocabulary: toVocabulary(manifest.findings),
    spellings: toSpellings(manifest.findings),
    hear: async (audio) => {
      const { windows, transcript } = await speech.encode(audio)
      const written = await writer?.transcribe(audio)
      const words = written?.words ?? null
      const text = written?.text ?? transcript ?? ''
      return {
        embedding: readEmbeddings(windows, score, manifest.findings),
        transcript: text,
        heardWords: words ? fromTimedWords(words) : toHeardWords(text),
      }
    },
    close: () => server.close(),
  }
}
