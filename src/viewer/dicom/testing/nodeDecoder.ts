import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createDecoder } from '../worker/decodeInThread.ts'
import type { WasmCodec } from '../worker/wasmCodecs.ts'

const WASM: Readonly<Record<WasmCodec, string>> = {
  jpeg: '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
  'jpeg-ls': '@cornerstonejs/codec-charls/decodewasm',
  'jpeg-2000': '@cornerstonejs/codec-openjpeg/decodewasm',
  htj2k: '@cornerstonejs/codec-openjph/wasm',
  'jpeg-xl': '@cornerstonejs/codec-libjxl/decodewasm',
}

const require = createRequire(import.meta.url)

const readWasm = (path: string): ArrayBuffer => new Uint8Array(readFileSync(require.resolve(path))).buffer

/** The browser's decoder, codecs and all, in this thread of Node; for tests only. */
export const { decode: decodeInNode } = createDecoder(async (codec) => readWasm(WASM[codec]))
