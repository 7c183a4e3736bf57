import { type Remote, wrap } from 'comlink'
import type { WorkerLike } from './workerLike.ts'

/** The worker died, or says that it is not sound any more: what it was asked is lost. The message is the cause. */
export class WorkerCrash extends Error {}

export interface WorkerHandleOptions<Api> {
  readonly start: () => WorkerLike
  /** What a call rejects with when its worker died of this cause. */
  readonly toCrashError: (cause: string) => Error
  /** What a call rejects with when the handle was stopped under it, or disposed of before. */
  readonly toStopError?: () => Error
  /** Brings a worker just started to where the last one was; calls wait for it. Where it rejects, the worker ends. */
  readonly restore?: (api: Remote<Api>) => Promise<unknown>
  /** A call whose worker dies is made once more, in the next one. */
  readonly triesAgain?: boolean
  /** The worker ends when nothing was asked of it for so long. Without it, it stays. */
  readonly idleMs?: number
}

interface Running<Api> {
  readonly worker: WorkerLike
  readonly api: Remote<Api>
  /** Never resolves; rejects when the worker dies or is stopped. Answers of a dead worker never come. */
  readonly ended: Promise<never>
  readonly end: (reason: Error) => void
  readonly ready: Promise<unknown>
}

const cancelled = (): Error => new DOMException('The work was cancelled.', 'AbortError')

const causeOf = (event: Event): string =>
  'message' in event && event.message ? String(event.message) : 'its script did not start'

function startRunning<Api>({ start, restore }: WorkerHandleOptions<Api>): Running<Api> {
  const worker = start()
  const { promise: ended, reject: end } = createEnd()
  worker.addEventListener('error', (event) => end(new WorkerCrash(causeOf(event))))
  worker.addEventListener('messageerror', () => end(new WorkerCrash('an answer could not be read')))
  const api = wrap<Api>(worker as Worker)
  const ready = restore ? Promise.race([restore(api), ended]) : Promise.resolve()
  return { worker, api, ended, end, ready }
}

function createEnd() {
  let reject: (reason: Error) => void = () => undefined
  const promise = new Promise<never>((_, rejectEnd) => {
    reject = rejectEnd
  })
  // Whoever waits for an answer hears of it; nobody may be waiting.
  promise.catch(() => undefined)
  return { promise, reject }
}

/**
 * A worker that may die: started by the first call, brought back after a crash, ended by a cancelled call, by idleness
 * or by hand. Its end gives all its memory back, and rejects every call that is under way.
 */
export class WorkerHandle<Api> {
  #running: Running<Api> | null = null
  #isDisposed = false
  #calls = 0
  #idleTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly options: WorkerHandleOptions<Api>) {}

  get isRunning(): boolean {
    return this.#running !== null
  }

  /**
   * Rejects with what `use` rejects with, with the crash error, or with the reason of `stop`. An abort rejects with
   * AbortError and ends the worker: a loop in the middle of its work stops at once, and so does any other call.
   */
  call<T>(use: (api: Remote<Api>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#call(use, Number(this.options.triesAgain === true), signal)
  }

  /** The same, for what is of no use later: it is never made again. */
  callOnce<T>(use: (api: Remote<Api>) => Promise<T>): Promise<T> {
    return this.#call(use, 0)
  }

  async #call<T>(use: (api: Remote<Api>) => Promise<T>, again: number, signal?: AbortSignal): Promise<T> {
    const onAbort = () => this.stop(cancelled())
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#calls++
    try {
      return await this.#attempts(use, again, signal)
    } finally {
      this.#calls--
      signal?.removeEventListener('abort', onAbort)
      if (this.options.idleMs !== undefined) this.endWhenIdle(this.options.idleMs)
    }
  }

  /** A word to the worker that runs, if one does; nothing is waited for and a dead worker does not mind. */
  tell(use: (api: Remote<Api>) => Promise<unknown>): void {
    if (this.#running) use(this.#running.api).catch(() => undefined)
  }

  /** Starts the worker and restores it, ahead of the next call. Rejects as `restore` does. */
  async warm(): Promise<void> {
    if (!this.#isDisposed) await this.#start().ready
  }

  /** Ends the worker that runs now in so many ms, unless it is at work then. */
  endWhenIdle(idleMs: number): void {
    clearTimeout(this.#idleTimer)
    if (this.#running === null) return
    this.#idleTimer = setTimeout(() => {
      if (this.#calls === 0) this.stop()
    }, idleMs)
  }

  /** Ends the worker. Calls under way reject with the reason; the next call starts another. */
  stop(reason: Error = this.#toStopError()): void {
    const running = this.#running
    clearTimeout(this.#idleTimer)
    this.#running = null
    running?.end(reason)
    running?.worker.terminate()
  }

  /** Stops for good: later calls reject. */
  dispose(): void {
    this.#isDisposed = true
    this.stop()
  }

  #toStopError(): Error {
    return this.options.toStopError?.() ?? cancelled()
  }

  async #attempts<T>(use: (api: Remote<Api>) => Promise<T>, again: number, signal?: AbortSignal): Promise<T> {
    for (let left = again; ; left--) {
      signal?.throwIfAborted()
      try {
        return await this.#attempt(use)
      } catch (thrown) {
        if (!(thrown instanceof WorkerCrash)) throw thrown
        if (left === 0) throw this.options.toCrashError(thrown.message)
      }
    }
  }

  async #attempt<T>(use: (api: Remote<Api>) => Promise<T>): Promise<T> {
    if (this.#isDisposed) throw this.#toStopError()
    const running = this.#start()
    try {
      await running.ready
      return await Promise.race([use(running.api), running.ended])
    } catch (thrown) {
      if (thrown instanceof WorkerCrash && this.#running === running) this.stop(thrown)
      throw thrown
    }
  }

  #start(): Running<Api> {
    if (this.#running) return this.#running
    const running = startRunning(this.options)
    this.#running = running
    running.ready.catch((reason) => {
      if (this.#running === running) this.stop(reason)
    })
    return running
  }
}
