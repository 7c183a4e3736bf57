import { refuse } from './brokenFrame.ts'
import { ByteCursor } from './byteCursor.ts'
import { JPEG_MARKER, type JpegSegment } from './jpegSegments.ts'

/** Every 16-bit window of the stream → symbol · 32 + length of its code; 0 where no code begins so (T.81 annex C). */
export type HuffmanTable = Uint16Array

/** Tables by class (0 DC or lossless, 1 AC) · 16 + id. */
export type HuffmanTables = Map<number, HuffmanTable>

/** Adds the tables of a DHT segment; a later one replaces an earlier one of the same id. */
export function readHuffmanTables(bytes: Uint8Array, segment: JpegSegment, codec: string, into: HuffmanTables): void {
  if (segment.marker !== JPEG_MARKER.huffman) return
  const cursor = new ByteCursor(bytes, codec, segment.start, segment.end)
  while (cursor.at < cursor.end) {
    const id = cursor.u8()
    const counts = Array.from({ length: 16 }, () => cursor.u8())
    into.set(id, toLookup(counts, cursor))
  }
}

function toLookup(counts: readonly number[], cursor: ByteCursor): HuffmanTable {
  const lookup = new Uint16Array(65536)
  let code = 0
  counts.forEach((count, n) => {
    const width = 1 << (15 - n)
    for (let k = 0; k < count; k++) {
      if (code + width > 65536) refuse(`the ${cursor.codec} stream has a damaged Huffman table`)
      lookup.fill((cursor.u8() << 5) | (n + 1), code, code + width)
      code += width
    }
  })
  return lookup
}

/** Bytes left over behind the last code of a scan that encoders are seen to leave. */
const SLACK_BYTES = 2

/** Bits of one scan. Refuses the frame where its data end before its pixels do, or go on after them. */
export class JpegBits {
  #buffer = 0
  #count = 0
  #at: number

  constructor(
    private readonly bytes: Uint8Array,
    entropy: readonly [number, number],
    private readonly codec: string,
  ) {
    this.#at = entropy[0]
    this.end = entropy[1]
  }

  private readonly end: number

  /** Next symbol of a Huffman code. */
  symbol(table: HuffmanTable): number {
    if (this.#count < 16) this.#fill()
    const window = this.#count >= 16 ? this.#buffer >>> (this.#count - 16) : this.#buffer << (16 - this.#count)
    const entry = table[window & 0xffff]
    const length = entry & 31
    if (length === 0 && this.#count >= 16) refuse(`the ${this.codec} data is damaged`)
    if (length === 0) this.#refuseEnd()
    this.#take(length)
    return entry >> 5
  }

  /** The next `length` bits (0…16) as a number. */
  bits(length: number): number {
    if (length === 0) return 0
    if (this.#count < length) this.#fill()
    this.#take(length)
    return (this.#buffer >>> this.#count) & ((1 << length) - 1)
  }

  /** A number of `length` bits whose first bit is its sign (T.81 F.2.2.1, EXTEND). */
  signed(length: number): number {
    const value = this.bits(length)
    return length > 0 && value < 1 << (length - 1) ? value - (1 << length) + 1 : value
  }

  /** Goes behind the restart marker number `index`, which must be next. */
  restart(index: number): void {
    this.#expectFewBytes(this.#nextMarker())
    if (this.bytes[this.#at] !== 0xff || this.bytes[this.#at + 1] !== 0xd0 + (index & 7)) {
      refuse(`the ${this.codec} data has lost a restart marker`)
    }
    this.#at += 2
    this.#count = 0
    this.#buffer = 0
  }

  /** All pixels are read: nothing but padding may follow. */
  finish(): void {
    this.#expectFewBytes(this.end)
  }

  #refuseEnd(): never {
    return refuse(`the ${this.codec} data ends before its last pixel`)
  }

  #take(length: number): void {
    if (this.#count < length) this.#refuseEnd()
    this.#count -= length
  }

  /** To at least 16 bits, unless the data or an interval ends; at most 24, so that 32-bit shifts hold them. */
  #fill(): void {
    while (this.#count <= 16 && this.#at < this.end) {
      const byte = this.bytes[this.#at]
      if (byte === 0xff && this.bytes[this.#at + 1] !== 0) return
      this.#at += byte === 0xff ? 2 : 1
      this.#buffer = ((this.#buffer & 0xffff) << 8) | byte
      this.#count += 8
    }
  }

  #nextMarker(): number {
    for (let n = this.#at; n < this.end; n++) if (this.bytes[n] === 0xff && this.bytes[n + 1] !== 0) return n
    return this.end
  }

  #expectFewBytes(marker: number): void {
    if (marker - this.#at + (this.#count >> 3) > SLACK_BYTES)
      refuse(`the ${this.codec} data goes on after its last pixel`)
    this.#at = marker
  }
}
