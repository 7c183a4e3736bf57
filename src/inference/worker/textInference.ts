import { ProblemError } from '../../base/result.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import { openTokenizer, type TextTokenizer } from '../../domain/text/tokenizer.ts'
import { fetchPackFile } from '../../packs/fetch/packFiles.ts'
import type { PackSource, ReportProgress } from '../engines.ts'
import type { VariantChoice } from './chooseProvider.ts'
import type { ThreadDecision } from './chooseThreads.ts'
import type { OpenGraph } from './openGraph.ts'
import { openText, runText } from './openText.ts'

interface Loaded {
  readonly encoder: OpenGraph
  readonly tokenizer: TextTokenizer
}

const refuse = (code: string, message: string, nextStep: string): ProblemError =>
  new ProblemError({ code, message, nextStep })

/** The text encoder inside the speech worker, always on wasm. Rejects with ProblemError. */
export class TextInference {
  #loaded: Loaded | null = null

  constructor(private readonly threads: ThreadDecision) {}

  async load(pack: PackSource, choice: VariantChoice, onProgress: ReportProgress): Promise<EngineInfo> {
    const startedAt = performance.now()
    const { text, title } = pack.manifest
    await this.unload()
    if (!text) throw refuse('no-text-model', `The pack ${title} has no text encoder.`, 'Choose a pack with one.')
    const opened = openTokenizer(await fetchPackFile(pack.baseUrl, text.tokenizer), text.maxTokens)
    if (!opened.ok) throw new ProblemError(opened.problem)
    const { encoder, ...checked } = await openText(pack, text, opened.value, { choice, onProgress })
    this.#loaded = { encoder, tokenizer: opened.value }
    const { threads } = this.threads
    const note = ['runs beside the speech encoder', this.threads.note].filter(Boolean).join('; ')
    const loadMs = performance.now() - startedAt
    const variant = encoder.variant.variant
    return { provider: 'wasm', variant, threads, adapter: null, note, ...checked, testedAt: Date.now(), loadMs }
  }

  /** The unit embedding of a sentence. */
  async encode(sentence: string): Promise<Float32Array> {
    if (!this.#loaded) throw refuse('model-not-loaded', 'No text encoder is loaded.', 'Load the models again.')
    return runText(this.#loaded.encoder, this.#loaded.tokenizer.toIds(sentence))
  }

  async unload(): Promise<void> {
    await this.#loaded?.encoder.session.dispose()
    this.#loaded = null
  }
}
