import type { Codec } from '../../../domain/volume/dicom/codestream/inspectFrame.ts'
import { checkJpegDct, decodeJpegDct, readJpegBits } from '../../../domain/volume/dicom/codestream/jpegDct.ts'
import { decodeJpegLossless } from '../../../domain/volume/dicom/codestream/jpegLossless.ts'
import { decodeRle } from '../../../domain/volume/dicom/codestream/rle.ts'
import type { DecodableFrame, DecodeFrame } from '../../../domain/volume/dicom/decodeFrame.ts'
import { type StoredPixels, toStoredPixels } from '../../../domain/volume/dicom/storedToHu.ts'
import { isWasmCodec, type LoadWasm, type WasmCodec, WasmCodecs, type WasmFrame } from './wasmCodecs.ts'

/** Decodes frames in the thread that calls. */
export interface ThreadDecoder {
  /** Loads what a codec needs, once. */
  prepare(codec: Codec): Promise<void>
  /** Rejects with the cause where a frame is damaged. */
  readonly decode: DecodeFrame
}

export function createDecoder(loadWasm: LoadWasm): ThreadDecoder {
  const codecs = new WasmCodecs(loadWasm)
  return {
    prepare: async (codec) => (isWasmCodec(codec) ? codecs.prepare(codec) : undefined),
    decode: async (frame) => {
      const { bytes, codec, format } = frame
      if (codec === 'jpeg') return decodeJpeg(codecs, frame)
      if (isWasmCodec(codec)) return toPixels(await codecs.decode(codec, bytes), frame, codec)
      if (codec === 'rle') return decodeRle(bytes, format)
      return codec === 'jpeg-lossless' ? decodeJpegLossless(bytes) : toStoredPixels(bytes, format, true)
    },
  }
}

/** libjpeg-turbo is built for 8 bits, and takes damaged data for pixels: the codes are counted before it sees them. */
async function decodeJpeg(codecs: WasmCodecs, frame: DecodableFrame): Promise<StoredPixels> {
  if (readJpegBits(frame.bytes) !== 8) return decodeJpegDct(frame.bytes)
  checkJpegDct(frame.bytes)
  return toPixels(await codecs.decode('jpeg', frame.bytes), frame, 'jpeg')
}

/** Proves that what came out is as large as the header says, to the byte. */
function toPixels(decoded: WasmFrame, { format }: DecodableFrame, codec: WasmCodec): StoredPixels {
  const { rows, columns, components, bits, signed, bytes } = decoded
  if (bits > 16) throw new Error(`the ${codec} codec gave ${bits} bits a pixel`)
  const width = bits > 8 ? 2 : 1
  const expected = format.rows * format.columns * format.samplesPerPixel
  if (rows !== format.rows || columns !== format.columns || components !== format.samplesPerPixel) {
    throw new Error(`the ${codec} codec gave ${columns} × ${rows} pixels for ${format.columns} × ${format.rows}`)
  }
  if (bytes.length !== expected * width) throw new Error(`the ${codec} codec gave ${bytes.length} bytes`)
  if (width === 1) return bytes
  return signed ? new Int16Array(bytes.buffer) : new Uint16Array(bytes.buffer)
}
