import { proxy } from 'comlink'
import { failure, ProblemError, type Result } from '../../../base/result.ts'
import { WorkerHandle } from '../../../base/workerHandle.ts'
import type { WorkerLike } from '../../../base/workerLike.ts'
import type { KeepOrder } from '../worker/keepPack.ts'
import type { OnKeepProgress, PackBytes, PackKeeperApi } from '../worker/packKeeperApi.ts'

export type { KeepOrder, KeepProgress } from '../worker/keepPack.ts'
export type { PackBytes } from '../worker/packKeeperApi.ts'

/** Copies or downloads packs into the browser's storage, in a worker: hashing a gigabyte would stop the page. */
export interface PackKeeper {
  /** Problems as of `keepPack`, and `pack-keeper-crashed`. What was written before an abort stays. */
  keep(order: KeepOrder, bytes: PackBytes, onProgress: OnKeepProgress, signal: AbortSignal): Promise<Result<void>>
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('../worker/packKeeper.worker.ts', import.meta.url), { type: 'module' })

const crashed = (cause: string): ProblemError =>
  new ProblemError({
    code: 'pack-keeper-crashed',
    message: `Adding the model stopped (${cause}).`,
    nextStep: 'Close other tabs to free memory, then press Continue on the model page.',
  })

/** A worker for each pack: it ends with the work, and its memory with it. */
export const createPackKeeper = (start: () => WorkerLike = startWorker): PackKeeper => ({
  async keep(order, bytes, onProgress, signal) {
    const worker = new WorkerHandle<PackKeeperApi>({ start, toCrashError: crashed })
    // The worker is told instead of ended: it leaves what it wrote so that it can be gone on with.
    const onAbort = () => worker.tell((api) => api.cancel())
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      return await worker.call<Result<void>>((api) => {
        if (signal.aborted) onAbort()
        return api.keep(order, bytes, proxy(onProgress))
      })
    } catch (thrown) {
      if (thrown instanceof ProblemError) return failure(thrown.problem)
      throw thrown
    } finally {
      signal.removeEventListener('abort', onAbort)
      worker.dispose()
    }
  },
})
