import { proxy, wrap } from 'comlink'
import { failure, type Problem, type Result } from '../../../base/result.ts'
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

const crashed = (cause: string): Problem => ({
  code: 'pack-keeper-crashed',
  message: `Adding the model stopped (${cause}).`,
  nextStep: 'Close other tabs to free memory, then press Continue on the model page.',
})

const messageOf = (event: Event): string =>
  'message' in event && event.message ? String(event.message) : 'no cause named'

/** A worker for each pack: it ends with the work, and its memory with it. */
export const createPackKeeper = (createWorker: () => WorkerLike = startWorker): PackKeeper => ({
  async keep(order, bytes, onProgress, signal) {
    const worker = createWorker()
    const api = wrap<PackKeeperApi>(worker as Worker)
    const onAbort = () => void api.cancel()
    const crash = new Promise<Result<void>>((resolve) => {
      worker.addEventListener('error', (event) => resolve(failure(crashed(messageOf(event)))))
      worker.addEventListener('messageerror', () => resolve(failure(crashed('an answer was unreadable'))))
    })
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      if (signal.aborted) onAbort()
      return await Promise.race([api.keep(order, bytes, proxy(onProgress)), crash])
    } finally {
      signal.removeEventListener('abort', onAbort)
      worker.terminate()
    }
  },
})
