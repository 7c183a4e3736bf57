import { type Remote, wrap } from 'comlink'
import { ProblemError, type Result } from '../../base/result.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { RankedCase, RankRequest } from '../../domain/retrieval/rankLibrary.ts'
import { toWorkerPack } from '../../inference/client/workerPack.ts'
import type { PackSource } from '../../inference/engines.ts'
import type { LibraryApi, LibrarySource } from '../worker/libraryApi.ts'

/** The cases that a pack brings, ranked in a worker of their own: 50,000 embeddings of 512 numbers are 102 MB. */
export interface CaseLibrary {
  /** Cases by cosine, once the library is there. Rejects with ProblemError. */
  rank(request: RankRequest): Promise<readonly RankedCase[]>
  /** Ends the worker, and gives its memory back. */
  close(): void
}

interface Running {
  readonly worker: WorkerLike
  readonly api: Remote<LibraryApi>
  readonly opened: Promise<Result<number>>
  /** Rejects when the worker dies: its answers would never come. */
  readonly crashed: Promise<never>
}

const startLibraryWorker = (): WorkerLike =>
  new Worker(new URL('../worker/library.worker.ts', import.meta.url), { type: 'module' })

const crash = (cause: string) =>
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

function start(createWorker: () => WorkerLike, source: LibrarySource): Running {
  const worker = createWorker()
  const api = wrap<LibraryApi>(worker as Worker)
  const crashed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      reject(crash('message' in event && event.message ? String(event.message) : 'no cause named'))
    })
    worker.addEventListener('messageerror', () => reject(crash('an answer was unreadable')))
  })
  crashed.catch(() => undefined)
  return { worker, api, crashed, opened: api.open(source) }
}

class LibraryClient implements CaseLibrary {
  #running: Running | null

  constructor(
    private readonly source: LibrarySource,
    private readonly createWorker: () => WorkerLike,
  ) {
    this.#running = start(createWorker, source)
  }

  async rank(request: RankRequest): Promise<readonly RankedCase[]> {
    this.#running ??= start(this.createWorker, this.source)
    const running = this.#running
    const answer = expectValue(running.opened).then(() => expectValue(running.api.rank(request)))
    try {
      return await Promise.race([answer, running.crashed])
    } catch (thrown) {
      // The next search tries once more: the file may be there by then.
      answer.catch(() => undefined)
      if (this.#running === running) this.close()
      throw thrown
    }
  }

  close(): void {
    this.#running?.worker.terminate()
    this.#running = null
  }
}

/** Begins to load the pack's library at once. */
export function openLibrary(pack: PackSource, createWorker: () => WorkerLike = startLibraryWorker): CaseLibrary {
  const { baseUrl, manifest } = toWorkerPack(pack)
  return new LibraryClient({ baseUrl, library: manifest.library, findingCount: manifest.findings.length }, createWorker)
}
