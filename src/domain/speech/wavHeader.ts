/** Where the samples of a WAV file lie, by its chunks and by the bytes that are really there. */
export interface WavLayout {
  /** Offset of the size field of the data chunk. */
  readonly dataSizeOffset: number
  /** What the header claims. */
  readonly claimedBytes: number
  /** What the file holds, whole sample blocks only. */
  readonly presentBytes: number
  /** Of PCM from its rate and sample size, whatever the header says of it; of other encodings as the header says. */
  readonly bytesPerSecond: number
}

const CHUNK_HEADER_BYTES = 8
const FIRST_CHUNK = 12

/** Layout of a RIFF/WAVE file, or null when the bytes are something else or hold no data chunk. */
export function parseWavLayout(bytes: Uint8Array): WavLayout | null {
  if (bytes.length < FIRST_CHUNK || readText(bytes, 0) !== 'RIFF' || readText(bytes, 8) !== 'WAVE') return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let bytesPerSecond = 0
  let blockBytes = 1
  for (let at = FIRST_CHUNK; at + CHUNK_HEADER_BYTES <= bytes.length; ) {
    const size = view.getUint32(at + 4, true)
    const body = at + CHUNK_HEADER_BYTES
    if (readText(bytes, at) === 'fmt ' && body + 16 <= bytes.length) {
      blockBytes = Math.max(1, view.getUint16(body + 12, true))
      bytesPerSecond = readByteRate(view, body)
    }
    if (readText(bytes, at) === 'data') {
      const rest = bytes.length - body
      const present = size === 0 || size > rest ? rest - (rest % blockBytes) : size
      return { dataSizeOffset: at + 4, claimedBytes: size, presentBytes: present, bytesPerSecond }
    }
    at = body + size + (size % 2)
  }
  return null
}

const PLAIN_FORMATS: ReadonlySet<number> = new Set([1, 3])
/** Its true format stands in the extension of the chunk. */
const EXTENSIBLE = 0xfffe

function readByteRate(view: DataView, body: number): number {
  const named = view.getUint16(body, true)
  const format = named === EXTENSIBLE && body + 26 <= view.byteLength ? view.getUint16(body + 24, true) : named
  if (!PLAIN_FORMATS.has(format)) return view.getUint32(body + 8, true)
  const bytesPerSample = Math.ceil(view.getUint16(body + 14, true) / 8)
  return view.getUint32(body + 4, true) * view.getUint16(body + 2, true) * bytesPerSample
}

/**
 * The same file with a header that tells the truth. Recorders that were cut off, or that wrote to a pipe, leave a data
 * size of 0, 0x80000000 or 0xFFFFFFFF; decoders then refuse the file or reserve hours of silence. Bytes that need no
 * repair, or are no WAV, come back as they are.
 */
export function repairWavHeader(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const layout = parseWavLayout(bytes)
  if (!layout || layout.claimedBytes === layout.presentBytes) return bytes
  const end = layout.dataSizeOffset + 4 + layout.presentBytes
  const repaired = bytes.slice(0, end)
  const view = new DataView(repaired.buffer)
  view.setUint32(4, end - CHUNK_HEADER_BYTES, true)
  view.setUint32(layout.dataSizeOffset, layout.presentBytes, true)
  return repaired
}

function readText(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4))
}
