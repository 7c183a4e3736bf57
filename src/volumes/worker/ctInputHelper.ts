import { proxy, transfer, wrap } from 'comlink'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { CtInputSpec } from '../../domain/ct/ctInputSpec.ts'
import { createSlabSampler, toSlabs } from '../../domain/ct/toCtInput.ts'
import type { Volume } from '../../domain/volume/volume.ts'

/** Gives a slab by its number; the memory is the receiver's. */
export type TakeSlab = (slab: number, values: Float32Array) => void

/** A second thread at the same input. */
export interface SlabHelper {
  /** Takes slab numbers from `counter` until none is left. Rejects when the thread breaks down. */
  sample(volume: Volume, spec: CtInputSpec, counter: Int32Array, take: TakeSlab): Promise<void>
  /** Ends the thread. */
  end(): void
}

/** What runs in the helper's thread. */
export interface SlabHelperApi {
  sample(volume: Volume, spec: CtInputSpec, counter: Int32Array, take: TakeSlab): Promise<void>
}

export const createSlabHelperApi = (): SlabHelperApi => ({
  async sample(volume, spec, counter, take) {
    const slabs = toSlabs(spec)
    const sampleSlab = createSlabSampler(volume, spec)
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

export function startSlabHelper(createWorker: () => WorkerLike = startHelperWorker): SlabHelper {
  const worker = createWorker()
  const api = wrap<SlabHelperApi>(worker as Worker)
  const crashed = new Promise<never>((_, reject) => {
    for (const event of ['error', 'messageerror'] as const)
      worker.addEventListener(event, () => reject(new Error('The helper stopped.')))
  })
  crashed.catch(() => undefined)
  return {
    sample: (volume, spec, counter, take) => Promise.race([api.sample(volume, spec, counter, proxy(take)), crashed]),
    end: () => worker.terminate(),
  }
}
