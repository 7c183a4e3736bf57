import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** An image to compress; for tests only. */
export interface PlainImage {
  readonly columns: number
  readonly rows: number
  /** Bits of a sample. */
  readonly bits: number
  readonly pixels: Uint8Array | Uint16Array | Int16Array
}

interface WasmEncoder {
  getDecodedBuffer(frame: object): Uint8Array
  getEncodedBuffer(): Uint8Array
  encode(): void
  delete(): void
  setQuality?(lossless: boolean, quality: number): void
  setLossless?(lossless: boolean): void
}

type EncoderModule = Record<string, new () => WasmEncoder>
type CreateModule = (options: object) => Promise<EncoderModule>

const ENCODERS = {
  jpeg2000: ['@cornerstonejs/codec-openjpeg', 'J2KEncoder', () => import('@cornerstonejs/codec-openjpeg/wasmjs')],
  htj2k: ['@cornerstonejs/codec-openjph', 'HTJ2KEncoder', () => import('@cornerstonejs/codec-openjph/wasmjs')],
  jpegLs: ['@cornerstonejs/codec-charls', 'JpegLSEncoder', () => import('@cornerstonejs/codec-charls/wasmjs')],
  jpeg: [
    '@cornerstonejs/codec-libjpeg-turbo-8bit',
    'JPEGEncoder',
    () => import('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs'),
  ],
  jpegXl: ['@cornerstonejs/codec-libjxl', 'JpegXLEncoder', () => import('@cornerstonejs/codec-libjxl/encodewasmjs')],
} as const

export type EncoderName = keyof typeof ENCODERS

const require = createRequire(import.meta.url)

/** Compresses an image with the encoder of a codec's own library, without loss but for `jpeg` (8 bits). */
export async function encodeWith(name: EncoderName, image: PlainImage): Promise<Uint8Array<ArrayBuffer>> {
  const [library, className, load] = ENCODERS[name]
  const wasm = require.resolve(`${library}/${name === 'jpegXl' ? 'encodewasm' : 'wasm'}`)
  const create = (await load()).default as unknown as CreateModule
  const silence = () => undefined
  const module = await create({ wasmBinary: readFileSync(wasm), print: silence, printErr: silence })
  const encoder = new module[className]()
  const { columns: width, rows: height, bits: bitsPerSample, pixels } = image
  const isSigned = pixels instanceof Int16Array
  const frame = { width, height, bitsPerSample, componentCount: 1, isSigned, isUsingColorTransform: false }
  encoder.getDecodedBuffer(frame).set(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength))
  if (name === 'jpeg2000' || name === 'htj2k') encoder.setQuality?.(true, 0)
  if (name === 'jpegXl') encoder.setLossless?.(true)
  encoder.encode()
  const encoded = new Uint8Array(encoder.getEncodedBuffer())
  encoder.delete()
  return encoded
}
