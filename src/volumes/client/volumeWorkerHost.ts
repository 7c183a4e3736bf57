import { type Remote, wrap } from 'comlink'
import { rejectOnAbort } from '../../base/rejectOnAbort.ts'
import { ProblemError } from '../../base/result.ts'
import { SerialQueue } from '../../base/serialQueue.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { VolumeApi } from '../volumeProtocol.ts'

interface Running {
  readonly worker: WorkerLike
  readonly api: Remote<VolumeApi>
  /** Rejects when the worker dies: its answers would never come. */
  readonly crashed: Promise<never>
}

/**
 * Runs one job at a time in the volume worker. Because the worker keeps nothing and no second job can be under way,
 * cancelling is ending it: a loop in the middle of a slice stops at once, and the next job starts another worker.
 */
export class VolumeWorkerHost {
  readonly #queue = new SerialQueue()
  #running: Running | null = null

  constructor(private readonly createWorker: () => WorkerLike) {}

  /** Rejects with AbortError when the signal fires, and with a ProblemError when the worker dies. */
  run<T>(use: (api: Remote<VolumeApi>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const job = this.#queue.add(() => this.#runNow(use, signal), signal)
    // A job that still waits in the queue is given up at once, too.
    return signal ? rejectOnAbort(job, signal) : job
  }

  dispose(): void {
    this.#running?.worker.terminate()
    this.#running = null
  }

  async #runNow<T>(use: (api: Remote<VolumeApi>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const running = this.#start()
    const answer = Promise.race([use(running.api), running.crashed])
    try {
      return await (signal ? rejectOnAbort(answer, signal) : answer)
    } catch (thrown) {
      // After an error that the worker reported itself it is sound; after an abort or a crash it is not.
      if (signal?.aborted || thrown instanceof ProblemError) this.dispose()
      throw thrown
    }
  }

  #start(): Running {
    if (this.#running) return this.#running
    const worker = this.createWorker()
    const crashed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => reject(new ProblemError(describeCrash(messageOf(event)))))
      worker.addEventListener('messageerror', () => reject(new ProblemError(describeCrash('an answer was unreadable'))))
    })
    crashed.catch(() => undefined)
    this.#running = { worker, api: wrap<VolumeApi>(worker as Worker), crashed }
    return this.#running
  }
}

const messageOf = (event: Event): string =>
  'message' in event && event.message ? String(event.message) : 'no cause named'

const describeCrash = (cause: string) => ({
  code: 'volume-worker-crashed',
  message: `The reader of scans stopped (${cause}).`,
  nextStep: 'Close other tabs to free memory, then open the scan again.',
})
