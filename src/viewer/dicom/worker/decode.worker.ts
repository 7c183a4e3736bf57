import charls from '@cornerstonejs/codec-charls/decodewasm?url'
import turbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url'
import libjxl from '@cornerstonejs/codec-libjxl/decodewasm?url'
import openjpeg from '@cornerstonejs/codec-openjpeg/decodewasm?url'
import openjph from '@cornerstonejs/codec-openjph/wasm?url'
import { expose, transfer } from 'comlink'
import type { DecodeFrame } from '../../../domain/volume/dicom/decodeFrame.ts'
import { createDecoder, type ThreadDecoder } from './decodeInThread.ts'
import type { WasmCodec } from './wasmCodecs.ts'

const URLS: Readonly<Record<WasmCodec, string>> = {
  jpeg: turbo,
  'jpeg-ls': charls,
  'jpeg-2000': openjpeg,
  htj2k: openjph,
  'jpeg-xl': libjxl,
}

const decoder = createDecoder(async (codec) => {
  const response = await fetch(URLS[codec])
  if (!response.ok) throw new Error(`the ${codec} codec could not be fetched (${response.status})`)
  return response.arrayBuffer()
})

const decodeAndSend: DecodeFrame = async (frame) => {
  const pixels = await decoder.decode(frame)
  return transfer(pixels, [pixels.buffer as ArrayBuffer])
}

expose({ prepare: decoder.prepare, decode: decodeAndSend } satisfies ThreadDecoder)
