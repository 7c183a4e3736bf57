import asyncifyGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'
import asyncifyUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import plainGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url'
import plainUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import type * as Ort from 'onnxruntime-web/webgpu'
import type { Provider } from '../../domain/model/manifest.ts'

/*
 * The runtime of each provider, fetched when it is first needed. WebGPU has the `/webgpu` build: the default build gives
 * silently wrong numbers on some graphs. wasm has the plain one: asyncify makes two functions of the other so large that
 * V8 compiles them for a minute in the background, which takes a core from the first runs (1.5 instead of 4.7 times
 * native onnxruntime, measured on two cores with CT-CLIP at full size).
 */

export type Runtime = typeof Ort

/** Absolute addresses of a runtime's two files; both must come from the same build. */
export interface RuntimeFiles {
  readonly mjs: string
  readonly wasm: string
}

const IMPORTS: Record<Provider, () => Promise<Runtime>> = {
  webgpu: () => import('onnxruntime-web/webgpu'),
  wasm: () => import('onnxruntime-web/wasm'),
}

const toAbsolute = (url: string): string => new URL(url, globalThis.location.href).href

/** The files Vite puts on our own origin. */
const ownRuntimeFiles = (provider: Provider): RuntimeFiles =>
  provider === 'webgpu'
    ? { mjs: toAbsolute(asyncifyGlueUrl), wasm: toAbsolute(asyncifyUrl) }
    : { mjs: toAbsolute(plainGlueUrl), wasm: toAbsolute(plainUrl) }

interface Settings {
  readonly threads: number
  readonly toFiles: (provider: Provider) => RuntimeFiles
}

let settings: Settings = { threads: 1, toFiles: ownRuntimeFiles }
const loaded = new Map<Provider, Promise<Runtime>>()

/** Sets threads and file addresses. Counts only before the first session of this worker. */
export function configureRuntime(threads: number, toFiles: Settings['toFiles'] = ownRuntimeFiles): void {
  settings = { threads, toFiles }
}

async function load(provider: Provider): Promise<Runtime> {
  const ort = await IMPORTS[provider]()
  ort.env.wasm.numThreads = settings.threads
  ort.env.wasm.wasmPaths = { ...settings.toFiles(provider) }
  ort.env.logLevel = 'error'
  return ort
}

/** One of each a worker. */
export function loadRuntime(provider: Provider): Promise<Runtime> {
  const known = loaded.get(provider) ?? load(provider)
  loaded.set(provider, known)
  return known
}

/** Part of what a self-test proves: another runtime may compute otherwise. */
export async function findRuntimeVersion(provider: Provider): Promise<string> {
  const { versions } = (await IMPORTS[provider]()).env
  return versions.web ?? versions.common
}
