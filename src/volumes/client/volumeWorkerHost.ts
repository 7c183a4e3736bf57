import type { Remote } from 'comlink'
import { rejectOnAbort } from '../../base/rejectOnAbort.ts'
import { ProblemError } from '../../base/result.ts'
import { SerialQueue } from '../../base/serialQueue.ts'
import { WorkerHandle } from '../../base/workerHandle.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { VolumeApi } from '../volumeProtocol.ts'

const crashed = (cause: string): ProblemError =>
  new ProblemError({
    code: 'volume-worker-crashed',
    message: `The reader of scans stopped (${cause}).`,
    nextStep: 'Close other tabs to free memory, then open the scan again.',
  })

/**
 * Runs one job at a time in the volume worker. Because the worker keeps nothing and no second job can be under way,
 * cancelling is ending it, and the next job starts another.
 */
export class VolumeWorkerHost {
  readonly #queue = new SerialQueue()
  readonly #worker: WorkerHandle<VolumeApi>

  constructor(start: () => WorkerLike) {
    this.#worker = new WorkerHandle({ start, toCrashError: crashed })
  }

  /** Rejects with AbortError when the signal fires, and with a ProblemError when the worker dies. */
  run<T>(use: (api: Remote<VolumeApi>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const job = this.#queue.add(() => this.#worker.call(use, signal), signal)
    // A job that still waits in the queue is given up at once, too.
    return signal ? rejectOnAbort(job, signal) : job
  }

  dispose(): void {
    this.#worker.stop()
  }
}
