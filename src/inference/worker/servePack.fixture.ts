import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import type { Provider } from '../../domain/model/manifest.ts'
import { fetchManifest } from '../../packs/fetch/packFiles.ts'
import type { PackSource } from '../engines.ts'
import { configureRuntime } from './ortRuntime.ts'

const ROOT = new URL('../../../', import.meta.url)

/** A runtime's own files, as Node can import them. */
function toRuntimeFiles(provider: Provider) {
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/webgpu'))
  const stem = `ort-wasm-simd-threaded${provider === 'webgpu' ? '.asyncify' : ''}`
  const address = (ending: string) => pathToFileURL(join(folder, `${stem}.${ending}`)).href
  return { mjs: address('mjs'), wasm: address('wasm') }
}

/**
 * One thread. On the baseline compiler unless much is to be computed: optimising 26 MB of wasm in the background would outlast
 * a test.
 */
export function configureNodeRuntime(isOptimised = false): void {
  if (!isOptimised) setFlagsFromString('--liftoff-only')
  configureRuntime(1, toRuntimeFiles)
}

export interface PackServer {
  readonly pack: PackSource
  readonly close: () => void
}

/** Serves a pack's folder (from the repository's root) and those beside it: the real fetch and its checks are part of the test. */
export async function servePack(folder = 'fixtures/models/tiny'): Promise<PackServer> {
  const models = new URL('.', new URL(folder, ROOT))
  const server = createServer(async (request, response) => {
    // A kept connection would be dropped while a graph compiles, and the next fetch on it would fail.
    response.setHeader('connection', 'close')
    try {
      response.end(await readFile(new URL(`.${request.url}`, models)))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const name = folder.slice(folder.lastIndexOf('/') + 1)
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}/`
  return { pack: { manifest: await fetchManifest(baseUrl), baseUrl }, close: () => server.close() }
}

/** Numbers in [-1, 1), the same for the same seed (Numerical Recipes LCG). */
export function drawNumbers(length: number, seed: number): Float32Array {
  let state = seed >>> 0
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}
