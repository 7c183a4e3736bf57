import type { CtInputSpec } from '../../domain/ct/ctInputSpec.ts'
import {
  type CtInput,
  createSlabSampler,
  planCtInput,
  slabOf,
  toCtInputGeometry,
  toInputLength,
  toSlabs,
} from '../../domain/ct/toCtInput.ts'
import type { OnProgress } from '../../domain/volume/sourceFile.ts'
import type { Volume } from '../../domain/volume/volume.ts'
import type { SlabHelper } from './ctInputHelper.ts'

/** Below this many voxels a second thread takes longer to start than it saves. */
const WORTH_HELP_VOXELS = 8_000_000
/** More threads only wait for memory. */
const MOST_HELPERS = 3

/** How many helpers an input is worth: none where the volume would have to be copied to them. */
export function countHelpers(volume: Volume, spec: CtInputSpec, cores: number): number {
  const isShared = typeof SharedArrayBuffer === 'function' && volume.hu.buffer instanceof SharedArrayBuffer
  if (!isShared || toInputLength(spec) < WORTH_HELP_VOXELS) return 0
  return Math.max(0, Math.min(cores - 1, MOST_HELPERS))
}

/** Lets messages in: those of the helpers, and the next call. A timer would wait for 4 ms. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/** Memory that all threads take slab numbers from; plain where there is nobody to share it with. */
const createCounter = (isShared: boolean): Int32Array =>
  new Int32Array(isShared ? new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) : new ArrayBuffer(4))

/**
 * The CT encoder's input, slab by slab: each thread takes the next one, and a helper's slabs are put in their place as
 * they come. What helpers do not bring, because they did not start or broke down, is computed here.
 */
export async function toCtInputInTeam(
  volume: Volume,
  spec: CtInputSpec,
  helpers: readonly SlabHelper[],
  onProgress: OnProgress,
): Promise<CtInput> {
  const slabs = toSlabs(spec)
  const data = new Float32Array(toInputLength(spec))
  const plan = planCtInput(volume, spec)
  const sample = createSlabSampler(volume, plan)
  const counter = createCounter(helpers.length > 0)
  const finished = new Set<number>()
  const finish = (n: number) => {
    finished.add(n)
    onProgress('Preparing the scan for the model', finished.size / slabs.length)
  }
  const compute = (n: number) => {
    sample(slabs[n], slabOf(data, spec, slabs[n]))
    finish(n)
  }
  const take = (n: number, values: Float32Array) => {
    slabOf(data, spec, slabs[n]).set(values)
    finish(n)
  }
  const helping = Promise.allSettled(helpers.map((helper) => helper.sample(volume, plan, counter, take)))
  for (let n = Atomics.add(counter, 0, 1); n < slabs.length; n = Atomics.add(counter, 0, 1)) {
    compute(n)
    await nextTask()
  }
  await helping
  for (let n = 0; n < slabs.length; n++) if (!finished.has(n)) compute(n)
  return { data, ...toCtInputGeometry(volume, plan) }
}
