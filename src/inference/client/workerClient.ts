import { type Remote, wrap } from 'comlink'
import { ProblemError, type Result } from '../../base/result.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { InferenceApi } from '../worker/inferenceApi.ts'

export type InferenceRemote = Remote<InferenceApi>

export const startInferenceWorker = (): WorkerLike =>
  new Worker(new URL('../worker/inference.worker.ts', import.meta.url), { type: 'module' })

class WorkerCrash extends Error {}

interface Running {
  readonly worker: WorkerLike
  readonly api: InferenceRemote
  /** Never resolves; rejects when the worker crashes or is stopped. Answers of a dead worker never come. */
  readonly ended: Promise<never>
  readonly end: (reason: Error) => void
}

const messageOf = (event: Event): string => ('message' in event ? String(event.message) : '')

function startRunning(createWorker: () => WorkerLike): Running {
  const worker = createWorker()
  let end: (reason: Error) => void = () => undefined
  const ended = new Promise<never>((_, reject) => {
    end = reject
  })
  ended.catch(() => undefined)
  worker.addEventListener('error', (event) => {
    end(new WorkerCrash(messageOf(event) || 'its script did not start'))
  })
  worker.addEventListener('messageerror', () => end(new WorkerCrash('an answer could not be read')))
  return { worker, api: wrap<InferenceApi>(worker as Worker), ended, end }
}

const stopped = (): ProblemError =>
  new ProblemError({
    code: 'worker-stopped',
    message: 'The model was stopped while it was computing.',
    nextStep: 'Load the models again from the model page.',
  })

const crashedTwice = (cause: string): ProblemError =>
  new ProblemError({
    code: 'worker-crashed',
    message: `The model stopped twice while computing: ${cause}.`,
    nextStep: 'Close other tabs to free memory, then load the models again.',
  })

/** The value of a worker's answer, or a rejection with its problem. */
export async function expectAnswer<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer
  if (result.ok) return result.value
  if (result.problem.code === 'runtime-crashed') throw new WorkerCrash(result.problem.message)
  throw new ProblemError(result.problem)
}

/** A call to a worker that may die: it is started anew, `restore` loads what it had, and the call is made once more. */
export class WorkerClient {
  #current: { readonly running: Running; readonly ready: Promise<unknown> } | null = null
  #isDisposed = false

  constructor(
    private readonly createWorker: () => WorkerLike,
    /** Brings a worker just started to where the last one was; does nothing when nothing was loaded. */
    private readonly restore: (api: InferenceRemote) => Promise<void>,
  ) {}

  get isRunning(): boolean {
    return this.#current !== null
  }

  /** Another one for every worker; null while none runs. */
  get runningId(): object | null {
    return this.#current?.running ?? null
  }

  /** Rejects with the worker's ProblemError, or `worker-crashed`, or what `stop` was given. */
  async call<T>(use: (api: InferenceRemote) => Promise<Result<T>>): Promise<T> {
    try {
      return await this.#attempt(use)
    } catch (first) {
      if (!(first instanceof WorkerCrash)) throw first
    }
    try {
      return await this.#attempt(use)
    } catch (second) {
      throw second instanceof WorkerCrash ? crashedTwice(second.message) : second
    }
  }

  /** A word to the worker that runs, if one does; nothing is waited for and a dead worker does not mind. */
  tell(use: (api: InferenceRemote) => Promise<unknown>): void {
    if (this.#current) use(this.#current.running.api).catch(() => undefined)
  }

  /** Starts the worker and restores it, ahead of the next call. */
  async warm(): Promise<void> {
    if (this.#isDisposed) return
    await this.#start().ready
  }

  /** Ends the worker, and with it all memory it held. Calls under way reject; the next call starts another. */
  stop(reason: Error = stopped()): void {
    const running = this.#current?.running
    this.#current = null
    running?.end(reason)
    running?.worker.terminate()
  }

  /** Stops for good: later calls reject. */
  dispose(): void {
    this.#isDisposed = true
    this.stop()
  }

  async #attempt<T>(use: (api: InferenceRemote) => Promise<Result<T>>): Promise<T> {
    if (this.#isDisposed) throw stopped()
    const current = this.#start()
    try {
      await current.ready
      return await Promise.race([expectAnswer(use(current.running.api)), current.running.ended])
    } catch (thrown) {
      if (thrown instanceof WorkerCrash && this.#current === current) this.stop(thrown)
      throw thrown
    }
  }

  #start() {
    if (this.#current) return this.#current
    const running = startRunning(this.createWorker)
    const ready = Promise.race([this.restore(running.api), running.ended])
    const current = { running, ready }
    this.#current = current
    ready.catch((reason) => {
      if (this.#current === current) this.stop(reason)
    })
    return current
  }
}
