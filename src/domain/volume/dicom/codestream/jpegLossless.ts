import { type CodestreamFacts, refuse } from './brokenFrame.ts'
import { ByteCursor } from './byteCursor.ts'
import { type HuffmanTable, type HuffmanTables, JpegBits, readHuffmanTables } from './jpegEntropy.ts'
import { type JpegSegment, readJpegFrame, readJpegSegments, readRestartInterval } from './jpegSegments.ts'

const CODEC = 'JPEG lossless'
const LOSSLESS_HUFFMAN = 0xffc3

export function inspectJpegLossless(bytes: Uint8Array): CodestreamFacts {
  const frame = readJpegFrame(bytes, readJpegSegments(bytes, CODEC), CODEC)
  if (frame.marker !== LOSSLESS_HUFFMAN) refuse('its JPEG stream is not of the lossless process that its header names')
  return { ...frame, signed: null }
}

interface Scan {
  readonly table: HuffmanTable
  /** 1…7 of T.81 table H.1. */
  readonly predictor: number
  /** Bits that were shifted out before coding. */
  readonly pointTransform: number
  readonly restartInterval: number
  readonly entropy: readonly [number, number]
}

/**
 * Pixels of a frame of JPEG process 14 (T.81 annex H), one component. Decoded here because the usual decoder fills
 * what a damaged stream lacks with 32,767 and says nothing: here every pixel comes of a code, and the codes end where
 * the data end, or the frame is refused.
 */
export function decodeJpegLossless(bytes: Uint8Array): Uint16Array {
  const segments = readJpegSegments(bytes, CODEC)
  const { bits, rows, columns, components } = readJpegFrame(bytes, segments, CODEC)
  const scans = segments.filter(({ entropy }) => entropy !== null)
  if (scans.length !== 1 || components !== 1) refuse(`the ${CODEC} stream has more than one component`)
  const scan = readScan(bytes, segments, scans[0])
  const pixels = new Uint16Array(rows * columns)
  decodeScan(bytes, scan, pixels, columns, bits)
  return pixels
}

function readScan(bytes: Uint8Array, segments: readonly JpegSegment[], segment: JpegSegment): Scan {
  const tables: HuffmanTables = new Map()
  for (const one of segments) if (one.start < segment.start) readHuffmanTables(bytes, one, CODEC, tables)
  const cursor = new ByteCursor(bytes, CODEC, segment.start, segment.end)
  cursor.skip(2)
  const table = tables.get(cursor.u8() >> 4)
  const predictor = cursor.u8()
  cursor.skip(1)
  const pointTransform = cursor.u8() & 15
  if (!table || predictor < 1 || predictor > 7) return refuse(`the ${CODEC} stream has a damaged scan header`)
  const restartInterval = readRestartInterval(bytes, segments, CODEC)
  return { table, predictor, pointTransform, restartInterval, entropy: segment.entropy as readonly [number, number] }
}

function decodeScan(bytes: Uint8Array, scan: Scan, pixels: Uint16Array, columns: number, precision: number): void {
  const { table, predictor, pointTransform, restartInterval } = scan
  if (restartInterval % columns !== 0) refuse(`the ${CODEC} stream restarts inside a row`)
  const bits = new JpegBits(bytes, scan.entropy, CODEC)
  const middle = 1 << (precision - pointTransform - 1)
  const limit = 1 << (precision - pointTransform)
  // The first row behind a restart is predicted as the first of all is.
  let firstRowStart = 0
  for (let n = 0; n < pixels.length; n++) {
    if (restartInterval > 0 && n > 0 && n % restartInterval === 0) {
      bits.restart(n / restartInterval - 1)
      firstRowStart = n
    }
    const length = bits.symbol(table)
    if (length > 16) refuse(`the ${CODEC} data is damaged`)
    const difference = length === 16 ? 32768 : bits.signed(length)
    const predicted = n === firstRowStart ? middle : predictAt(pixels, n, columns, firstRowStart, predictor)
    const value = (predicted + difference) & 0xffff
    // Encoders of signed pixels let the sign reach above the precision.
    if (value >= limit && value < 65536 - limit / 2) refuse(`the ${CODEC} data is damaged`)
    pixels[n] = value
  }
  bits.finish()
  if (pointTransform > 0) for (let n = 0; n < pixels.length; n++) pixels[n] <<= pointTransform
}

/** The first row is predicted from the left, the first column from above. */
function predictAt(pixels: Uint16Array, n: number, columns: number, firstRowStart: number, predictor: number): number {
  if (n < firstRowStart + columns) return pixels[n - 1]
  if (n % columns === 0) return pixels[n - columns]
  return predict(predictor, pixels[n - 1], pixels[n - columns], pixels[n - columns - 1])
}

/** T.81 table H.1, from the pixels to the left, above, and above to the left. */
function predict(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left
    case 2:
      return above
    case 3:
      return corner
    case 4:
      return left + above - corner
    case 5:
      return left + ((above - corner) >> 1)
    case 6:
      return above + ((left - corner) >> 1)
    default:
      return (left + above) >> 1
  }
}
