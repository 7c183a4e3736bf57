import { ProblemError } from '../../base/result.ts'
import type { FloatTensor, OrtSession } from './ortSession.ts'

/** One graph of a chain, and how it is run. It has one input and one output. */
export interface GraphRun {
  readonly session: OrtSession
  /** Equal pieces along the first spatial axis of its input, run one by one. */
  readonly slabs: number
  /** Share of the whole chain's time; the shares need not sum to 1. */
  readonly work: number
}

/** How a long run is followed and ended. */
export interface RunWatch {
  readonly signal: AbortSignal
  /** Told after every run: 0…1. */
  readonly onFraction: (fraction: number) => void
}

export const cancelled = (): ProblemError =>
  new ProblemError({ code: 'cancelled', message: 'The run was cancelled.', nextStep: 'Encode the scan again.' })

/** Lets messages in, a cancel among them: while a graph runs, the worker hears nothing. */
const hearMessages = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

async function runOnce(session: OrtSession, input: FloatTensor): Promise<FloatTensor> {
  const output = await session.run({ [session.inputNames[0]]: { type: 'float32', ...input } })
  return output[session.outputNames[0]]
}

/** The nth of equal pieces along an axis before which every axis has length 1: a view, no copy. */
function toSlab({ data, shape }: FloatTensor, axis: number, slabs: number, n: number): FloatTensor {
  const length = data.length / slabs
  const sizes = shape.map((size, at) => (at === axis ? size / slabs : size))
  return { data: data.subarray(n * length, (n + 1) * length), shape: sizes }
}

/** Joins slab by slab along the axis: with leading axes of length 1 that is one after the other in memory. */
class Joined {
  #whole: FloatTensor | null = null

  constructor(
    private readonly axis: number,
    private readonly slabs: number,
  ) {}

  put(slab: FloatTensor, n: number): void {
    const sizes = slab.shape.map((size, at) => (at === this.axis ? size * this.slabs : size))
    this.#whole ??= { data: new Float32Array(slab.data.length * this.slabs), shape: sizes }
    this.#whole.data.set(slab.data, n * slab.data.length)
  }

  take(): FloatTensor {
    if (!this.#whole) throw new Error('no slab was run')
    return this.#whole
  }
}

/** Axis of S in a volume [1, 1, S, L, P], and in tokens [1, S, …]. */
const VOLUME_AXIS = 2
const TOKEN_AXIS = 1

/**
 * Runs a chain of graphs: the volume f32 [1, 1, S, …] goes into the first, tokens f32 [1, S, …] into every later one,
 * each in its slabs along S. Rejects with ProblemError: `cancelled` between two runs, else as `OrtSession.run`.
 */
export async function runParts(
  parts: readonly GraphRun[],
  volume: FloatTensor,
  { signal, onFraction }: RunWatch,
): Promise<FloatTensor> {
  const allWork = parts.reduce((sum, { work }) => sum + work, 0)
  let done = 0
  let tensor = volume
  for (const { session, slabs, work } of parts) {
    const axis = tensor === volume ? VOLUME_AXIS : TOKEN_AXIS
    const joined = new Joined(TOKEN_AXIS, slabs)
    for (let n = 0; n < slabs; n++) {
      await hearMessages()
      if (signal.aborted) throw cancelled()
      const output = await runOnce(session, slabs === 1 ? tensor : toSlab(tensor, axis, slabs, n))
      if (slabs === 1) tensor = output
      else joined.put(output, n)
      done += work / slabs
      onFraction(Math.min(1, done / allWork))
    }
    if (slabs > 1) tensor = joined.take()
  }
  return tensor
}
