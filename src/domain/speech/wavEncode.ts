import { toInt16Samples } from './wavSamples.ts'

const HEADER_BYTES = 44
const BYTES_PER_SAMPLE = 2

/** Mono samples in [-1, 1] as the bytes of a 16-bit PCM WAV file, for playing and for saving. */
export function encodeWav(audio: Float32Array, sampleRateHz: number): Uint8Array<ArrayBuffer> {
  const dataBytes = audio.length * BYTES_PER_SAMPLE
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes)
  const view = new DataView(bytes.buffer)
  writeHeader(view, dataBytes, sampleRateHz)
  const samples = toInt16Samples(audio)
  for (let index = 0; index < samples.length; index += 1) {
    view.setInt16(HEADER_BYTES + index * BYTES_PER_SAMPLE, samples[index], true)
  }
  return bytes
}

/** RIFF/WAVE with the 16-byte PCM format chunk (Microsoft's 1991 multimedia data standard). */
function writeHeader(view: DataView, dataBytes: number, sampleRateHz: number): void {
  writeText(view, 0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true)
  writeText(view, 8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * BYTES_PER_SAMPLE, true)
  view.setUint16(32, BYTES_PER_SAMPLE, true)
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true)
  writeText(view, 36, 'data')
  view.setUint32(40, dataBytes, true)
}

function writeText(view: DataView, offset: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) view.setUint8(offset + index, text.charCodeAt(index))
}
