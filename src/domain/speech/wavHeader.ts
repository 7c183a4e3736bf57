/** Where the samples of a WAV file lie, by its chunks and by the bytes that are really there. */
export interface WavLayout {
  /** Offset of the size field of the data chunk. */
  readonly dataSizeOffset: number
  /** What the header claims. */
  readonly claimedBytes: number
  /** What the file holds, whole sample blocks only. */
  readonly presentBytes: number
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
      bytesPerSecond = view.getUint32(body + 8, true)
      blockBytes = Math.max(1, view.getUint16(body + 12, true))
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
