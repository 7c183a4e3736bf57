import type { Remote } from 'comlink'
import { ProblemError, type Result } from '../../base/result.ts'
import { WorkerHandle } from '../../base/workerHandle.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { LibraryTraits } from '../../domain/retrieval/libraryTraits.ts'
import type { Ranking, RankRequest } from '../../domain/retrieval/rankLibrary.ts'
import { toWorkerPack } from '../../inference/client/workerPack.ts'
import type { PackSource } from '../../inference/engines.ts'
import type { LibraryApi, LibrarySource } from '../worker/libraryApi.ts'

/** A collection of cases with their embeddings; of a pack, ranked in a worker of their own: 50,000 embeddings of 512 numbers are 102 MB. */
export interface CaseLibrary {
  /** Cases by cosine, once the library is there. Rejects with ProblemError. */
  rank(request: RankRequest): Promise<Ranking>
  /** What its cases say of themselves, and how alike they are to one another. Rejects with ProblemError. */
  traits(): Promise<LibraryTraits>
  /** Ends the worker, and gives its memory back. */
  close(): void
}

const startLibraryWorker = (): WorkerLike =>
  new Worker(new URL('../worker/library.worker.ts', import.meta.url), { type: 'module' })

const crashed = (cause: string) =>
  new ProblemError({
    code: 'library-crashed',
    message: `The search of the case library stopped (${cause}).`,
    nextStep: 'Close other tabs to free memory, then search again.',
  })

async function expectValue<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer
  if (!result.ok) throw new ProblemError(result.problem)
  return result.value
}

class LibraryClient implements CaseLibrary {
  readonly #worker: WorkerHandle<LibraryApi>

  constructor(source: LibrarySource, start: () => WorkerLike) {
    const restore = (api: Remote<LibraryApi>) => expectValue(api.open(source))
    this.#worker = new WorkerHandle({ start, restore, toCrashError: crashed })
    // A search tells why the library does not open; until then nobody asked.
    this.#worker.warm().catch(() => undefined)
  }

  /** Where the library did not open, the next search tries once more: the file may be there by then. */
  rank(request: RankRequest): Promise<Ranking> {
    return this.#worker.call((api) => expectValue(api.rank(request)))
  }

  traits(): Promise<LibraryTraits> {
    return this.#worker.call((api) => expectValue(api.traits()))
  }

  close(): void {
    this.#worker.stop()
  }
}

/** Begins to load the pack's library at once. */
export function openLibrary(pack: PackSource, createWorker: () => WorkerLike = startLibraryWorker): CaseLibrary {
  const { baseUrl, manifest } = toWorkerPack(pack)
  const { library, findings, embedding } = manifest
  const source = { baseUrl, library, findingCount: findings.length, dimension: embedding.dimension }
  return new LibraryClient(source, createWorker)
}
