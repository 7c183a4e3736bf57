import type { CaseLibrary } from '../cases/client/libraryClient.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import type { FittedFinding } from '../domain/findings/taught/ownSeen.ts'
import { toSpokenFinding } from '../domain/findings/taught/ownWords.ts'
import type { LibraryCase } from '../domain/model/manifest.ts'
import { toVocabulary } from '../domain/statements/transcript/mentions.ts'
import type { LoadedPack } from './loadedPack.ts'

/** A collection of cases by its id: the pack's own, or one of a person's. */
export interface NamedLibrary {
  readonly id: string
  readonly library: CaseLibrary
}

/** A pack in use, from its loading until another one takes its place: its signal, and what was found by it. */
export class PackSession {
  readonly #ending = new AbortController()
  #own: readonly FittedFinding[] = []
  #ownVocabulary = toVocabulary([])
  /** With the words of the reader's own findings beside the pack's. */
  readonly pack: LoadedPack
  /** Settles once typed sentences can be read, or cannot. */
  typing: Promise<void> = Promise.resolve()
  /** Libraries of the reader's own whose embeddings this pack's encoder made. */
  ownLibraries: readonly NamedLibrary[] = []
  /** Libraries on a server that the reader has agreed to. */
  remoteLibraries: readonly NamedLibrary[] = []
  /** Unit embeddings of typed sentences, by their text. */
  readonly textEmbeddings = new Map<string, Float32Array>()
  /** Cases that searches have found, by their id, and their unit embeddings. */
  readonly foundCases = new Map<string, LibraryCase>()
  readonly foundEmbeddings = new Map<string, Float32Array>()

  constructor(loaded: LoadedPack) {
    const vocabulary: LoadedPack['vocabulary'] = (word) =>
      this.#own.length === 0 ? loaded.vocabulary(word) : [...loaded.vocabulary(word), ...this.#ownVocabulary(word)]
    this.pack = { ...loaded, vocabulary }
  }

  /** Findings of the reader's own, taught or asked for with this pack's encoder. */
  get own(): readonly FittedFinding[] {
    return this.#own
  }

  takeOwn(own: readonly FittedFinding[]): void {
    this.#own = own
    this.#ownVocabulary = toVocabulary(own.map(({ finding }) => toSpokenFinding(finding)))
  }

  findOwn(id: FindingId): FittedFinding | undefined {
    return this.#own.find(({ finding }) => finding.id === id)
  }

  /** Where cases are looked for, all at once. */
  get libraries(): readonly NamedLibrary[] {
    return [{ id: this.pack.manifest.id, library: this.pack.library }, ...this.ownLibraries, ...this.remoteLibraries]
  }

  /** Aborted once another pack is asked for: late answers of this one must not be shown. */
  get signal(): AbortSignal {
    return this.#ending.signal
  }

  end(): void {
    this.#ending.abort()
    this.pack.library.close()
    for (const { library } of this.remoteLibraries) library.close()
  }
}
