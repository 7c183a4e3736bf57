import type { CodecModule, WasmDecoder } from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import type { Codec } from '../../../domain/volume/dicom/codestream/inspectFrame.ts'

/** Codecs that are compiled libraries; the rest is decoded by the domain. */
export type WasmCodec = Extract<Codec, 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl'>

/** Fetches the compiled half of a codec. */
export type LoadWasm = (codec: WasmCodec) => Promise<ArrayBuffer>

interface OpenCodec {
  readonly module: CodecModule
  readonly createDecoder: () => WasmDecoder
  /** Lines that the library printed since they were last emptied. */
  readonly lines: string[]
}

const SCRIPTS = {
  jpeg: () => import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'),
  'jpeg-ls': () => import('@cornerstonejs/codec-charls/decodewasmjs'),
  'jpeg-2000': () => import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
  htj2k: () => import('@cornerstonejs/codec-openjph/wasmjs'),
  'jpeg-xl': () => import('@cornerstonejs/codec-libjxl/decodewasmjs'),
} as const

const DECODERS = {
  jpeg: 'JPEGDecoder',
  'jpeg-ls': 'JpegLSDecoder',
  'jpeg-2000': 'J2KDecoder',
  htj2k: 'HTJ2KDecoder',
  'jpeg-xl': 'JpegXLDecoder',
} as const

export const isWasmCodec = (codec: Codec): codec is WasmCodec => codec in SCRIPTS

/** What a decoder gave of a frame. */
export interface WasmFrame {
  readonly rows: number
  readonly columns: number
  readonly components: number
  readonly bits: number
  readonly signed: boolean
  /** A copy of its own. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Decodes frames with the compiled codecs, each with a decoder of its own. A decoder that is kept, as Cornerstone's
 * image loader keeps it, still holds the frame before: OpenJPEG's failure is printed and not thrown, and what is then
 * taken for its result is another slice, or another patient's. A new decoder is empty.
 */
export class WasmCodecs {
  readonly #open = new Map<WasmCodec, Promise<OpenCodec>>()

  constructor(private readonly loadWasm: LoadWasm) {}

  /** Rejects where the codec cannot be fetched. */
  async prepare(codec: WasmCodec): Promise<void> {
    await this.#openOnce(codec)
  }

  /** Throws where the codec fails or complains of the data. */
  async decode(codec: WasmCodec, encoded: Uint8Array): Promise<WasmFrame> {
    const open = await this.#openOnce(codec)
    open.lines.length = 0
    const decoder = open.createDecoder()
    try {
      decoder.getEncodedBuffer(encoded.length).set(encoded)
      decoder.decode()
      const frame = toFrame(decoder)
      const complaint = open.lines.find(isComplaint)
      if (complaint !== undefined) throw new Error(toText(complaint))
      return frame
    } catch (thrown) {
      // A trap of WebAssembly leaves the library's memory as it was in the middle of its work.
      if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError) this.#open.delete(codec)
      throw new Error(`the ${codec} codec says: ${toMessage(open.module, thrown)}`)
    } finally {
      if (this.#open.has(codec)) decoder.delete()
    }
  }

  #openOnce(codec: WasmCodec): Promise<OpenCodec> {
    const known = this.#open.get(codec)
    if (known) return known
    const opening = openCodec(codec, this.loadWasm)
    this.#open.set(codec, opening)
    opening.catch(() => this.#open.delete(codec))
    return opening
  }
}

async function openCodec(codec: WasmCodec, loadWasm: LoadWasm): Promise<OpenCodec> {
  const [script, wasmBinary] = await Promise.all([SCRIPTS[codec](), loadWasm(codec)])
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  const module = await script.default({ wasmBinary, print, printErr: print })
  return { module, lines, createDecoder: () => new module[DECODERS[codec]]() }
}

function toFrame(decoder: WasmDecoder): WasmFrame {
  const { width, height, componentCount, bitsPerSample, isSigned } = decoder.getFrameInfo()
  const bytes = new Uint8Array(decoder.getDecodedBuffer())
  return {
    rows: height,
    columns: width,
    components: componentCount,
    bits: bitsPerSample,
    signed: isSigned === true,
    bytes,
  }
}

/** Any error; of the warnings those that tell of damaged data, not of unusual headers. */
const isComplaint = (line: string): boolean =>
  line.includes('[ERROR]') ||
  (/\[?WARNING/i.test(line) &&
    /segment|code-?\s?block|packet|truncat|too short|not enough|corrupt|malformed|damage/i.test(line))

const toText = (line: string): string => line.replace(/\[\w+\]\s*/, '').replace(/[\s.!]+$/, '')

function toMessage(module: CodecModule, thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message
  const text = module.getExceptionMessage?.(thrown)
  return text === undefined ? 'the data is damaged' : toText(String(typeof text === 'string' ? text : text.at(-1)))
}
