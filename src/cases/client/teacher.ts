import { ProblemError } from '../../base/result.ts'
import { WorkerHandle } from '../../base/workerHandle.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { OwnedVector, OwnFigure } from '../../domain/findings/taught/judgeExamples.ts'
import type { MarkedVector, ReadOut } from '../../domain/findings/taught/readOut.ts'
import type { TeachApi } from '../worker/teachApi.ts'

/** Fits and judges a reader's examples in a worker of its own, which ends when it is idle. Rejects with ProblemError. */
export interface Teacher {
  fit(examples: readonly MarkedVector[]): Promise<ReadOut>
  /** Fits many times over; an abort rejects with AbortError and ends the worker. */
  judge(examples: readonly OwnedVector[], signal: AbortSignal): Promise<OwnFigure | null>
}

const IDLE_MS = 10_000

const startWorker = (): WorkerLike =>
  new Worker(new URL('../worker/teach.worker.ts', import.meta.url), { type: 'module' })

const crashed = (cause: string) =>
  new ProblemError({
    code: 'teaching-crashed',
    message: `The examples could not be learnt from (${cause}).`,
    nextStep: 'Mark the scan once more; if this stays, reload the page. The examples are kept.',
  })

export function createTeacher(start: () => WorkerLike = startWorker): Teacher {
  const toHandle = () => new WorkerHandle<TeachApi>({ start, toCrashError: crashed, triesAgain: true, idleMs: IDLE_MS })
  // A figure that is given up ends its worker: no fit must go with it.
  const fitting = toHandle()
  const judging = toHandle()
  return {
    fit: (examples) => fitting.call((api) => api.fit(examples)),
    judge: (examples, signal) => judging.call((api) => api.judge(examples), signal),
  }
}
