import { type CodestreamFacts, refuse } from './brokenFrame.ts'
import { ByteCursor } from './byteCursor.ts'
import { type DctBlocks, decodeDctScan, ZIGZAG } from './jpegDctScan.ts'
import { type HuffmanTables, readHuffmanTables } from './jpegEntropy.ts'
import { JPEG_MARKER, type JpegFrame, readJpegFrame, readJpegSegments } from './jpegSegments.ts'
import { transformBlocks } from './jpegTransform.ts'

const CODEC = 'JPEG'
/** Baseline, extended and progressive, all with Huffman codes. */
const HUFFMAN_DCT: ReadonlySet<number> = new Set([0xffc0, 0xffc1, 0xffc2])
const BASELINE = 0xffc0
const PROGRESSIVE = 0xffc2

export function inspectJpegDct(bytes: Uint8Array): CodestreamFacts {
  const frame = readJpegFrame(bytes, readJpegSegments(bytes, CODEC), CODEC)
  if (!HUFFMAN_DCT.has(frame.marker)) refuse('its JPEG stream is not of the lossy process that its header names')
  // T.81 table B.2. Of other bits, a decoder makes pixels about another middle.
  if (frame.bits !== 8 && (frame.bits !== 12 || frame.marker === BASELINE))
    refuse(`its JPEG data has ${frame.bits} bits`)
  return { ...frame, signed: null }
}

/**
 * Pixels of a lossy JPEG frame of one component, 8 or 12 bits, sequential or progressive. Decoded here because
 * Cornerstone's decoder of 12-bit frames (its `codecs/jpeg.js`, shared with older PDF readers) is wrong in four ways:
 * - its level shift `2056 / (255 / 4095)` scales the rounding term, 8 of 16ths of a unit, together with the shift, and
 *   takes 4095 / 255 for 16: 2063.06 instead of 2048, so every pixel comes out 15 units too high;
 * - it clips at 2024 / (255 / 4095) for the same reason, so the highest 15 values become one;
 * - its transform works in 32-bit integers, which 12-bit coefficients of a metal edge overflow;
 * - its refinement scans add to a coefficient whatever its sign, which spoils progressive frames.
 */
export function decodeJpegDct(bytes: Uint8Array): Uint16Array {
  const { frame, blocks, quantisation } = readBlocks(bytes)
  return transformBlocks(blocks, quantisation, frame)
}

/** Reads all codes of a frame without making pixels of them: a frame that passes is whole. */
export function checkJpegDct(bytes: Uint8Array): void {
  readBlocks(bytes)
}

interface ReadBlocks {
  readonly frame: JpegFrame
  readonly blocks: DctBlocks
  readonly quantisation: Float64Array
}

function readBlocks(bytes: Uint8Array): ReadBlocks {
  const segments = readJpegSegments(bytes, CODEC)
  const frame = readJpegFrame(bytes, segments, CODEC)
  if (frame.components !== 1) refuse(`the ${CODEC} stream has ${frame.components} components`)
  const across = Math.ceil(frame.columns / 8)
  const down = Math.ceil(frame.rows / 8)
  const blocks: DctBlocks = { across, down, coefficients: new Int32Array(64 * across * down) }
  const tables: HuffmanTables = new Map()
  const bitsLeft = new Int8Array(64).fill(-1)
  let quantisation: Float64Array | null = null
  let restartInterval = 0
  for (const segment of segments) {
    readHuffmanTables(bytes, segment, CODEC, tables)
    if (segment.marker === JPEG_MARKER.quantisation) {
      quantisation = readQuantisation(new ByteCursor(bytes, CODEC, segment.start, segment.end), frame) ?? quantisation
    }
    if (segment.marker === JPEG_MARKER.restartInterval) {
      restartInterval = new ByteCursor(bytes, CODEC, segment.start, segment.end).u16()
    }
    if (segment.entropy) {
      const cursor = new ByteCursor(bytes, CODEC, segment.start, segment.end)
      const progressive = frame.marker === PROGRESSIVE
      decodeDctScan(bytes, { cursor, entropy: segment.entropy, tables, restartInterval, progressive, bitsLeft }, blocks)
    }
  }
  if (bitsLeft.some((left) => left !== 0)) refuse(`the ${CODEC} stream lacks scans`)
  return { frame, blocks, quantisation: quantisation ?? refuse(`the ${CODEC} stream has no quantisation table`) }
}

/** The frame's table, in rows and columns of frequencies, if the segment holds it. */
function readQuantisation(cursor: ByteCursor, frame: JpegFrame): Float64Array | null {
  let own: Float64Array | null = null
  while (cursor.at < cursor.end) {
    const head = cursor.u8()
    const table = new Float64Array(64)
    for (let n = 0; n < 64; n++) table[ZIGZAG[n]] = head >> 4 ? cursor.u16() : cursor.u8()
    if ((head & 15) === frame.quantisation) own = table
  }
  return own
}

/** Bits of a sample of a stream that was inspected. */
export const readJpegBits = (bytes: Uint8Array): number => inspectJpegDct(bytes).bits
