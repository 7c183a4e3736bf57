import type { InferenceSession, Tensor } from 'onnxruntime-web/webgpu'
import { ProblemError } from '../../base/result.ts'
import { SerialQueue } from '../../base/serialQueue.ts'
import { loadRuntime, type Runtime } from './ortRuntime.ts'

/*
 * Sessions of onnxruntime-web, one queue around every create and run: two WebGPU runs at once hang the page.
 */

/** A dense tensor, row-major. int64: Silero's sample rate, and the ids of a sentence. */
export type TensorValue =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly shape: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly shape: readonly number[] }

export interface FloatTensor {
  readonly data: Float32Array
  readonly shape: readonly number[]
}

/** External data of a graph: `path` is the location that its initializers name. */
export interface ExternalFile {
  readonly path: string
  readonly data: Uint8Array | Blob
}

export interface OrtSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** One run after those already asked for. Rejects with ProblemError `inference-failed` or `runtime-crashed`. */
  run(feeds: Readonly<Record<string, TensorValue>>): Promise<Readonly<Record<string, FloatTensor>>>
  dispose(): Promise<void>
}

/** Where a graph runs; a GPU session gets our own device, because the runtime ignores its adapter settings. */
export type Backend = { readonly provider: 'wasm' } | { readonly provider: 'webgpu'; readonly device: GPUDevice }

/** onnxruntime-web hangs when two WebGPU runs overlap, so every `create` and `run` passes through it. */
const queue = new SerialQueue()

/** A wasm heap that ran out or was corrupted stays so: only a new worker helps. */
const CRASH = /out of memory|memory access|unreachable|aborted|bad_alloc|table index|call stack/i

function toSessionProblem(what: string, thrown: unknown): ProblemError {
  const cause = thrown instanceof Error ? thrown.message : String(thrown)
  const crashed = thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError || CRASH.test(cause)
  return new ProblemError({
    code: crashed ? 'runtime-crashed' : 'inference-failed',
    message: `${what} failed: ${cause}`,
    nextStep: crashed
      ? 'Close other tabs to free memory, then load the models again.'
      : 'Choose another provider on the model page, or load the models again.',
  })
}

const toOrtTensor = (ort: Runtime, value: TensorValue): Tensor =>
  value.type === 'float32'
    ? new ort.Tensor('float32', value.data, value.shape)
    : new ort.Tensor('int64', value.data, value.shape)

async function runOnce(ort: Runtime, session: InferenceSession, feeds: Readonly<Record<string, TensorValue>>) {
  const inputs = Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, toOrtTensor(ort, value)]))
  const outputs: Record<string, FloatTensor> = {}
  for (const [name, tensor] of Object.entries(await session.run(inputs))) {
    const data = await tensor.getData()
    if (data instanceof Float32Array) outputs[name] = { data, shape: tensor.dims }
    tensor.dispose()
  }
  return outputs
}

class QueuedSession implements OrtSession {
  constructor(
    private readonly ort: Runtime,
    private readonly session: InferenceSession,
    private readonly label: string,
  ) {}

  get inputNames(): readonly string[] {
    return this.session.inputNames
  }

  get outputNames(): readonly string[] {
    return this.session.outputNames
  }

  run(feeds: Readonly<Record<string, TensorValue>>): Promise<Record<string, FloatTensor>> {
    return queue.add(async () => {
      try {
        return await runOnce(this.ort, this.session, feeds)
      } catch (thrown) {
        throw toSessionProblem(`A run of ${this.label}`, thrown)
      }
    })
  }

  dispose(): Promise<void> {
    return queue.add(() => this.session.release())
  }
}

/**
 * No arena and no pattern: both keep the activations of the largest run for ever, and several sessions share one heap
 * that never shrinks.
 */
const MEMORY = { enableCpuMemArena: false, enableMemPattern: false }

/**
 * Builds a session of `model` (ONNX bytes) and its external data, which may be dropped once it is there; `label` names
 * it in problems. Rejects like `run`.
 */
export function openSession(
  model: Uint8Array,
  backend: Backend,
  label: string,
  external: readonly ExternalFile[] = [],
): Promise<OrtSession> {
  const executionProviders =
    backend.provider === 'webgpu' ? [{ name: 'webgpu' as const, device: backend.device }] : ['wasm']
  return queue.add(async () => {
    try {
      const options = { executionProviders, externalData: external, ...MEMORY }
      const ort = await loadRuntime(backend.provider)
      return new QueuedSession(ort, await ort.InferenceSession.create(model, options), label)
    } catch (thrown) {
      throw toSessionProblem(`Opening ${label}`, thrown)
    }
  })
}
