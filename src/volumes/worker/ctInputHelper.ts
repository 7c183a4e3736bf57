import { proxy, transfer } from 'comlink'
import { WorkerHandle } from '../../base/workerHandle.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import { type CtInputPlan, createSlabSampler, toSlabs } from '../../domain/ct/toCtInput.ts'
import type { Volume } from '../../domain/volume/volume.ts'

/** Gives a slab by its number; the memory is the receiver's. */
export type TakeSlab = (slab: number, values: Float32Array) => void

/** A second thread at the same input. */
export interface SlabHelper {
  /** Takes slab numbers from `counter` until none is left. Rejects when the thread breaks down. */
  sample(volume: Volume, plan: CtInputPlan, counter: Int32Array, take: TakeSlab): Promise<void>
  /** Ends the thread. */
  end(): void
}

/** What runs in the helper's thread. */
export interface SlabHelperApi {
  sample(volume: Volume, plan: CtInputPlan, counter: Int32Array, take: TakeSlab): Promise<void>
}

export const createSlabHelperApi = (): SlabHelperApi => ({
  async sample(volume, plan, counter, take) {
    const { spec } = plan
    const slabs = toSlabs(spec)
    const sampleSlab = createSlabSampler(volume, plan)
    const sent: unknown[] = []
    for (let n = Atomics.add(counter, 0, 1); n < slabs.length; n = Atomics.add(counter, 0, 1)) {
      const { start, end } = slabs[n]
      const values = new Float32Array((end - start) * spec.shape[1] * spec.shape[2])
      sampleSlab(slabs[n], values)
      sent.push(take(n, transfer(values, [values.buffer])))
    }
    await Promise.all(sent)
  },
})

const startHelperWorker = (): WorkerLike =>
  new Worker(new URL('./ctInputHelper.worker.ts', import.meta.url), { type: 'module' })

/** An idle thread may hold on to the volume that it saw last. */
const IDLE_MS = 10_000

/** Started with the first need, ended when it has been idle for a while, and started again by the next need. */
export function createSlabHelper(start: () => WorkerLike = startHelperWorker, idleMs = IDLE_MS): SlabHelper {
  const toCrashError = (cause: string) => new Error(`The helper stopped: ${cause}.`)
  const worker = new WorkerHandle<SlabHelperApi>({ start, toCrashError, idleMs })
  return {
    sample: (volume, plan, counter, take) => worker.call((api) => api.sample(volume, plan, counter, proxy(take))),
    end: () => worker.stop(),
  }
}
