import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import * as ort from 'onnxruntime-web/webgpu'
import { ProblemError } from '../base/result.ts'
import { SerialQueue } from '../base/serialQueue.ts'

/*
 * The only importer of onnxruntime-web. `/webgpu` serves both providers: the default build gives silently wrong
 * numbers on some graphs. One runtime a worker, and one queue around every create and run: two at once hang it.
 */

/** A dense tensor, row-major. int64 is only ever a scalar (Silero's sample rate). */
export type TensorValue =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly shape: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly shape: readonly number[] }

export interface FloatTensor {
  readonly data: Float32Array
  readonly shape: readonly number[]
}

export interface OrtSession {
  /** One run after those already asked for. Rejects with ProblemError `inference-failed` or `runtime-crashed`. */
  run(feeds: Readonly<Record<string, TensorValue>>): Promise<Readonly<Record<string, FloatTensor>>>
  dispose(): Promise<void>
}

/** Where a graph runs; a GPU session gets our own device, because the runtime ignores its adapter settings. */
export type Backend = { readonly provider: 'wasm' } | { readonly provider: 'webgpu'; readonly device: GPUDevice }

/** Absolute addresses of the runtime's two files; both must come from the same build. */
export interface RuntimeFiles {
  readonly mjs: string
  readonly wasm: string
}

const queue = new SerialQueue()

const toAbsolute = (url: string): string => new URL(url, globalThis.location.href).href

/** The files Vite puts on our own origin. */
const ownRuntimeFiles = (): RuntimeFiles => ({ mjs: toAbsolute(glueUrl), wasm: toAbsolute(wasmUrl) })

/** Sets threads and file addresses. Counts only before the first session of this worker. */
export function configureRuntime(threads: number, files: RuntimeFiles = ownRuntimeFiles()): void {
  ort.env.wasm.numThreads = threads
  ort.env.wasm.wasmPaths = files
  ort.env.logLevel = 'error'
}

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

const toOrtTensor = (value: TensorValue): ort.Tensor =>
  value.type === 'float32'
    ? new ort.Tensor('float32', value.data, value.shape)
    : new ort.Tensor('int64', value.data, value.shape)

async function runOnce(session: ort.InferenceSession, feeds: Readonly<Record<string, TensorValue>>) {
  const inputs = Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, toOrtTensor(value)]))
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
    private readonly session: ort.InferenceSession,
    private readonly label: string,
  ) {}

  run(feeds: Readonly<Record<string, TensorValue>>): Promise<Record<string, FloatTensor>> {
    return queue.add(async () => {
      try {
        return await runOnce(this.session, feeds)
      } catch (thrown) {
        throw toSessionProblem(`A run of ${this.label}`, thrown)
      }
    })
  }

  dispose(): Promise<void> {
    return queue.add(() => this.session.release())
  }
}

/** Builds a session of `model` (ONNX bytes); `label` names it in problems. Rejects like `run`. */
export function openSession(model: Uint8Array, backend: Backend, label: string): Promise<OrtSession> {
  const executionProviders =
    backend.provider === 'webgpu' ? [{ name: 'webgpu' as const, device: backend.device }] : ['wasm']
  return queue.add(async () => {
    try {
      return new QueuedSession(await ort.InferenceSession.create(model, { executionProviders }), label)
    } catch (thrown) {
      throw toSessionProblem(`Opening ${label}`, thrown)
    }
  })
}
