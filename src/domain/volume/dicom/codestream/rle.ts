import type { PixelFormat } from '../sliceHeader.ts'
import { refuse } from './brokenFrame.ts'

const HEADER_BYTES = 64
const MOST_SEGMENTS = 15

/** Byte ranges of the segments of an RLE frame (PS3.5 annex G): one a byte of a sample, the highest first. */
export function readRleSegments(bytes: Uint8Array, segmentCount: number): readonly (readonly [number, number])[] {
  if (bytes.length < HEADER_BYTES) refuse('the RLE frame ends inside its header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES)
  const count = view.getUint32(0, true)
  if (count !== segmentCount) {
    const said = count > MOST_SEGMENTS ? 'a damaged RLE header' : `${count} RLE segments`
    refuse(`it holds ${said} where its pixels need ${segmentCount}`)
  }
  const starts = Array.from({ length: count }, (_, n) => view.getUint32(4 + 4 * n, true))
  return starts.map((start, n) => {
    const end = starts[n + 1] ?? bytes.length
    if (start < HEADER_BYTES || end > bytes.length || start >= end) refuse('the RLE frame ends before its last segment')
    return [start, end] as const
  })
}

/** Pixels of an RLE frame of 8 or 16 bits, one component. Every segment must give exactly rows × columns bytes. */
export function decodeRle(bytes: Uint8Array, format: PixelFormat): Uint8Array | Uint16Array {
  const width = format.bitsAllocated === 8 ? 1 : 2
  if (format.bitsAllocated > 16) refuse(`RLE of ${format.bitsAllocated} bits is not read`)
  const segments = readRleSegments(bytes, width * format.samplesPerPixel)
  const pixelCount = format.rows * format.columns
  const unpacked = segments.map(([start, end]) => unpackBits(bytes.subarray(start, end), pixelCount))
  const isZeroed = unpacked.some(({ lastLiteral }) => endsInZeros(lastLiteral))
  if (isZeroed && unpacked.some(({ hasReplicates }) => hasReplicates)) refuse('its RLE data is zeroed in part')
  const planes = unpacked.map(({ plane }) => plane)
  if (width === 1) return planes[0]
  const [high, low] = planes
  const pixels = new Uint16Array(pixelCount)
  for (let n = 0; n < pixelCount; n++) pixels[n] = (high[n] << 8) | low[n]
  return pixels
}

/**
 * Zeros at the end of literal bytes that are none of an encoder's: three equal bytes "shall be encoded as" a replicate
 * run (PS3.5 G.3.1). An encoder that knows no replicate runs is not judged by it.
 */
const MOST_LITERAL_ZEROS = 3

function endsInZeros(bytes: Uint8Array): boolean {
  return bytes.length > MOST_LITERAL_ZEROS && bytes.subarray(-MOST_LITERAL_ZEROS - 1).every((byte) => byte === 0)
}

interface UnpackedSegment {
  readonly plane: Uint8Array
  /** Of three and more equal bytes. */
  readonly hasReplicates: boolean
  /** Empty where the segment does not end in literal bytes. */
  readonly lastLiteral: Uint8Array
}

function unpackBits(packed: Uint8Array, length: number): UnpackedSegment {
  const plane = new Uint8Array(length)
  let written = 0
  let at = 0
  let hasReplicates = false
  let lastLiteral: Uint8Array = packed.subarray(0, 0)
  while (written < length && at < packed.length) {
    const control = packed[at++]
    if (control === 128) continue
    const run = control < 128 ? control + 1 : 257 - control
    const taken = control < 128 ? run : 1
    if (at + taken > packed.length) break
    if (written + run > length) refuse('an RLE segment holds more bytes than the slice has pixels')
    lastLiteral = packed.subarray(at, control < 128 ? at + run : at)
    hasReplicates ||= control >= 128 && run > 2
    if (control < 128) plane.set(lastLiteral, written)
    else plane.fill(packed[at], written, written + run)
    written += run
    at += taken
  }
  if (written < length) refuse(`an RLE segment ends after ${written} of ${length} pixels`)
  // Segments are padded to even length; a few encoders pad with more zeros, or with the no-op 128.
  if (packed.subarray(at).some((byte) => byte !== 0 && byte !== 128)) {
    refuse('an RLE segment holds more bytes than the slice has pixels')
  }
  return { plane, hasReplicates, lastLiteral }
}
