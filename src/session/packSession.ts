import type { LibraryCase } from '../domain/model/manifest.ts'
import type { LoadedPack } from './loadedPack.ts'

/** A pack in use, from its loading until another one takes its place: its signal, and what was found by it. */
export class PackSession {
  readonly #ending = new AbortController()
  /** Unit embeddings of typed sentences, by their text. */
  readonly textEmbeddings = new Map<string, Float32Array>()
  /** Cases that searches have found, by their id in its library. */
  readonly foundCases = new Map<string, LibraryCase>()

  constructor(readonly pack: LoadedPack) {}

  /** Aborted once another pack is asked for: late answers of this one must not be shown. */
  get signal(): AbortSignal {
    return this.#ending.signal
  }

  end(): void {
    this.#ending.abort()
    this.pack.library.close()
  }
}
