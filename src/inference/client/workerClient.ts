import type { Remote } from 'comlink'
import { ProblemError, type Result } from '../../base/result.ts'
import { WorkerCrash, WorkerHandle } from '../../base/workerHandle.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { InferenceApi } from '../worker/inferenceApi.ts'

export type InferenceRemote = Remote<InferenceApi>

const startInferenceWorker = (): WorkerLike =>
  new Worker(new URL('../worker/inference.worker.ts', import.meta.url), { type: 'module' })

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

/** A worker of encoders, which may run out of memory: `restore` loads what the last one had, and the call is made once more. */
export class WorkerClient extends WorkerHandle<InferenceApi> {
  constructor(restore: (api: InferenceRemote) => Promise<void>, start: () => WorkerLike = startInferenceWorker) {
    super({ start, restore, toCrashError: crashedTwice, toStopError: stopped, triesAgain: true })
  }

  /** The value of a call. Rejects with the worker's ProblemError, `worker-crashed`, or what `stop` was given. */
  ask<T>(use: (api: InferenceRemote) => Promise<Result<T>>, signal?: AbortSignal): Promise<T> {
    return this.call((api) => expectAnswer(use(api)), signal)
  }

  /** The same, but a call whose worker dies is not made again. */
  askOnce<T>(use: (api: InferenceRemote) => Promise<Result<T>>): Promise<T> {
    return this.callOnce((api) => expectAnswer(use(api)))
  }
}
