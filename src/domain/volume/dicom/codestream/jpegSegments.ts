import { refuse } from './brokenFrame.ts'
import { ByteCursor } from './byteCursor.ts'

export const JPEG_MARKER = {
  startOfImage: 0xffd8,
  endOfImage: 0xffd9,
  startOfScan: 0xffda,
  quantisation: 0xffdb,
  huffman: 0xffc4,
  restartInterval: 0xffdd,
  numberOfLines: 0xffdc,
  lsFrame: 0xfff7,
} as const

/** A marker segment; `start` and `end` enclose what follows its length field. */
export interface JpegSegment {
  readonly marker: number
  readonly start: number
  readonly end: number
  /** Of a scan: entropy-coded bytes with their restart markers, up to the next marker. */
  readonly entropy: readonly [start: number, end: number] | null
}

/** Which bytes inside a scan end it: JPEG stuffs a zero byte behind 0xff, JPEG-LS a zero bit. */
export type Stuffing = 'byte' | 'bit'

/** Every segment of a JPEG or JPEG-LS stream from SOI to EOI. Refuses one that is cut, or that a second image follows. */
export function readJpegSegments(bytes: Uint8Array, codec: string, stuffing: Stuffing = 'byte'): JpegSegment[] {
  const cursor = new ByteCursor(bytes, codec)
  if (bytes.length < 4 || cursor.u16() !== JPEG_MARKER.startOfImage) refuse(`it holds no ${codec} stream`)
  const segments: JpegSegment[] = []
  for (;;) {
    const marker = readMarker(cursor)
    if (marker === JPEG_MARKER.endOfImage) break
    segments.push(readSegment(cursor, marker, stuffing))
  }
  if (bytes[cursor.at] === 0xff && bytes[cursor.at + 1] === 0xd8) refuse(`a second image follows its ${codec} stream`)
  return segments
}

function readMarker(cursor: ByteCursor): number {
  if (cursor.u8() !== 0xff) refuse(`the ${cursor.codec} stream has damaged markers`)
  let code = cursor.u8()
  while (code === 0xff) code = cursor.u8()
  const isSegment = code >= 0xc0 && code !== 0xd8 && !(code >= 0xd0 && code <= 0xd7)
  if (!isSegment) refuse(`the ${cursor.codec} stream has damaged markers`)
  return 0xff00 | code
}

function readSegment(cursor: ByteCursor, marker: number, stuffing: Stuffing): JpegSegment {
  const length = cursor.u16()
  if (length < 2) refuse(`the ${cursor.codec} stream has damaged markers`)
  const start = cursor.at
  cursor.skip(length - 2)
  const end = cursor.at
  const expected = toExpectedLength(marker, cursor.bytes, start)
  if (expected !== null && length !== expected) refuse(`the ${cursor.codec} stream has damaged markers`)
  if (marker !== JPEG_MARKER.startOfScan) return { marker, start, end, entropy: null }
  cursor.at = findScanEnd(cursor, stuffing)
  return { marker, start, end, entropy: [end, cursor.at] }
}

/**
 * Length that a segment must have by what it counts itself (T.81 B.2.2 to B.2.5, T.87 C.2); null where any will do. Of
 * another length, a decoder begins to read the codes elsewhere and makes pixels of them all the same.
 */
function toExpectedLength(marker: number, bytes: Uint8Array, start: number): number | null {
  if (marker === JPEG_MARKER.startOfScan) return 6 + 2 * bytes[start]
  if (marker === JPEG_MARKER.restartInterval || marker === JPEG_MARKER.numberOfLines) return 4
  return isFrameHeader(marker) ? 8 + 3 * bytes[start + 5] : null
}

function findScanEnd({ bytes, at, codec }: ByteCursor, stuffing: Stuffing): number {
  for (let n = at; n + 1 < bytes.length; n++) {
    if (bytes[n] !== 0xff) continue
    const next = bytes[n + 1]
    const isData = stuffing === 'byte' ? next === 0 : next < 0x80
    const isRestart = next >= 0xd0 && next <= 0xd7
    if (!isData && !isRestart) return n
  }
  return refuse(`the ${codec} stream ends before its end marker`)
}

/** Frame header (SOFn) of a stream: T.81 B.2.2, T.87 C.2.2. */
export interface JpegFrame {
  readonly marker: number
  readonly bits: number
  readonly rows: number
  readonly columns: number
  readonly components: number
  /** Of the first component: horizontal and vertical sampling, and its quantisation table. */
  readonly sampling: number
  readonly quantisation: number
}

const isFrameHeader = (marker: number): boolean =>
  marker === JPEG_MARKER.lsFrame || (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker))

/** The one frame header of a stream that has a scan. */
export function readJpegFrame(bytes: Uint8Array, segments: readonly JpegSegment[], codec: string): JpegFrame {
  const frames = segments.filter(({ marker }) => isFrameHeader(marker))
  if (frames.length !== 1) refuse(`the ${codec} stream has ${frames.length} frame headers`)
  if (!segments.some(({ entropy }) => entropy !== null)) refuse(`the ${codec} stream has no scan`)
  const cursor = new ByteCursor(bytes, codec, frames[0].start, frames[0].end)
  const bits = cursor.u8()
  const [rows, columns, components] = [cursor.u16(), cursor.u16(), cursor.u8()]
  cursor.skip(1)
  return { marker: frames[0].marker, bits, rows, columns, components, sampling: cursor.u8(), quantisation: cursor.u8() }
}

/** MCUs between two restart markers; 0 where the stream has none. */
export function readRestartInterval(bytes: Uint8Array, segments: readonly JpegSegment[], codec: string): number {
  const segment = segments.find(({ marker }) => marker === JPEG_MARKER.restartInterval)
  return segment ? new ByteCursor(bytes, codec, segment.start, segment.end).u16() : 0
}
