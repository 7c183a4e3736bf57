import { refuse } from './brokenFrame.ts'
import type { ByteCursor } from './byteCursor.ts'
import { type HuffmanTable, type HuffmanTables, JpegBits } from './jpegEntropy.ts'

/** Quantised coefficients of a frame, 64 a block, row by row of blocks; frequencies in rows and columns. */
export interface DctBlocks {
  readonly across: number
  readonly down: number
  readonly coefficients: Int32Array
}

/** Place in rows and columns of the n-th coefficient of the stream (T.81 figure A.6). */
export const ZIGZAG: Uint8Array = toZigzag()

function toZigzag(): Uint8Array {
  const places = Array.from({ length: 64 }, (_, place) => ({ place, row: place >> 3, column: place & 7 }))
  places.sort((a, b) => {
    const [sumA, sumB] = [a.row + a.column, b.row + b.column]
    return sumA - sumB || (sumA % 2 === 0 ? a.column - b.column : a.row - b.row)
  })
  return Uint8Array.from(places, ({ place }) => place)
}

export interface DctScan {
  /** At the scan header. */
  readonly cursor: ByteCursor
  readonly entropy: readonly [number, number]
  readonly tables: HuffmanTables
  /** Blocks between restart markers, or 0. */
  readonly restartInterval: number
  readonly progressive: boolean
  /** By frequency: how many low bits are still to come, −1 before the first scan. Written here. */
  readonly bitsLeft: Int8Array
}

type DecodeBlock = (coefficients: Int32Array, at: number) => void

const CODEC = 'JPEG'

/** Adds a scan to the coefficients. Refuses the frame where the codes and the data do not end together. */
export function decodeDctScan(bytes: Uint8Array, scan: DctScan, blocks: DctBlocks): void {
  const header = readScanHeader(scan)
  const bits = new JpegBits(bytes, scan.entropy, CODEC)
  const decoder = new BlockDecoder(bits, header)
  const decode: DecodeBlock = toDecodeBlock(decoder, header, scan.progressive)
  const count = blocks.across * blocks.down
  for (let n = 0; n < count; n++) {
    if (scan.restartInterval > 0 && n > 0 && n % scan.restartInterval === 0) {
      bits.restart(n / scan.restartInterval - 1)
      decoder.restart()
    }
    decode(blocks.coefficients, 64 * n)
  }
  decoder.finish()
  bits.finish()
}

interface ScanHeader {
  readonly dc: HuffmanTable | undefined
  readonly ac: HuffmanTable | undefined
  readonly from: number
  readonly to: number
  readonly isRefinement: boolean
  /** Low bits that this scan leaves out. */
  readonly shift: number
}

function readScanHeader({ cursor, tables, progressive, bitsLeft }: DctScan): ScanHeader {
  if (cursor.u8() !== 1) refuse(`the ${CODEC} stream has more than one component`)
  cursor.skip(1)
  const selectors = cursor.u8()
  const [from, to, approximation] = [cursor.u8(), cursor.u8(), cursor.u8()]
  const [high, shift] = [approximation >> 4, approximation & 15]
  const isRefinement = high > 0
  const follows = bitsLeft.subarray(from, to + 1).every((left) => left === (isRefinement ? high : -1))
  const isWhole = !progressive && from === 0 && to === 63 && approximation === 0
  const isPart =
    progressive &&
    to <= 63 &&
    from <= to &&
    (from > 0 || to === 0) &&
    shift < 14 &&
    (!isRefinement || shift === high - 1)
  if (!follows || !(isWhole || isPart)) refuse(`the ${CODEC} stream has a damaged scan header`)
  bitsLeft.fill(shift, from, to + 1)
  return { dc: tables.get(selectors >> 4), ac: tables.get(16 | (selectors & 15)), from, to, isRefinement, shift }
}

function toDecodeBlock(decoder: BlockDecoder, header: ScanHeader, progressive: boolean): DecodeBlock {
  const { from, isRefinement, dc, ac } = header
  const needsDc = from === 0 && !isRefinement
  const needsAc = !progressive || from > 0
  if ((needsDc && !dc) || (needsAc && !ac)) refuse(`the ${CODEC} stream lacks a Huffman table`)
  if (!progressive) return (coefficients, at) => decoder.sequential(coefficients, at)
  if (from === 0) return isRefinement ? (c, at) => decoder.dcRefinement(c, at) : (c, at) => decoder.dc(c, at)
  return isRefinement ? (c, at) => decoder.acRefinement(c, at) : (c, at) => decoder.acFirst(c, at)
}

/** Coefficients of one block after another: T.81 F.2 (sequential) and G.1.2 (progressive). */
class BlockDecoder {
  #predicted = 0
  /** Blocks still to come, this one included, whose band ends here. */
  #endOfBandRun = 0

  constructor(
    private readonly bits: JpegBits,
    private readonly scan: ScanHeader,
  ) {}

  restart(): void {
    this.finish()
    this.#predicted = 0
  }

  /** A run must not reach beyond the blocks it was written for. */
  finish(): void {
    if (this.#endOfBandRun > 0) refuse(`the ${CODEC} data is damaged`)
  }

  dc(coefficients: Int32Array, at: number): void {
    const length = this.bits.symbol(this.scan.dc as HuffmanTable)
    if (length > 16) refuse(`the ${CODEC} data is damaged`)
    this.#predicted += this.bits.signed(length)
    coefficients[at] = this.#predicted << this.scan.shift
  }

  dcRefinement(coefficients: Int32Array, at: number): void {
    coefficients[at] |= this.bits.bits(1) << this.scan.shift
  }

  sequential(coefficients: Int32Array, at: number): void {
    this.dc(coefficients, at)
    for (let k = 1; k < 64; k++) {
      const symbol = this.bits.symbol(this.scan.ac as HuffmanTable)
      const [run, size] = [symbol >> 4, symbol & 15]
      if (size === 0 && run < 15) return
      k += run
      if (k > 63) refuse(`the ${CODEC} data is damaged`)
      if (size > 0) coefficients[at + ZIGZAG[k]] = this.bits.signed(size)
    }
  }

  acFirst(coefficients: Int32Array, at: number): void {
    if (this.#endOfBandRun > 0) {
      this.#endOfBandRun--
      return
    }
    for (let k = this.scan.from; k <= this.scan.to; k++) {
      const symbol = this.bits.symbol(this.scan.ac as HuffmanTable)
      const [run, size] = [symbol >> 4, symbol & 15]
      if (size === 0 && run < 15) {
        this.#endOfBandRun = (1 << run) + this.bits.bits(run) - 1
        return
      }
      k += run
      if (k > this.scan.to) refuse(`the ${CODEC} data is damaged`)
      if (size > 0) coefficients[at + ZIGZAG[k]] = this.bits.signed(size) * (1 << this.scan.shift)
    }
  }

  acRefinement(coefficients: Int32Array, at: number): void {
    const { from, to, shift } = this.scan
    let k = from
    while (k <= to && this.#endOfBandRun === 0) {
      const symbol = this.bits.symbol(this.scan.ac as HuffmanTable)
      const [run, size] = [symbol >> 4, symbol & 15]
      if (size > 1) refuse(`the ${CODEC} data is damaged`)
      if (size === 0 && run < 15) {
        this.#endOfBandRun = (1 << run) + this.bits.bits(run)
        break
      }
      const fresh = size === 0 ? 0 : this.bits.bits(1) === 1 ? 1 << shift : -(1 << shift)
      k = this.#refineUpTo(coefficients, at, k, run)
      if (k > to) refuse(`the ${CODEC} data is damaged`)
      coefficients[at + ZIGZAG[k++]] = fresh
    }
    if (this.#endOfBandRun > 0) {
      this.#refineUpTo(coefficients, at, k, 64)
      this.#endOfBandRun--
    }
  }

  /** Refines what is not zero until `zeros` zeros were passed; the place of the zero after them, or one behind the band. */
  #refineUpTo(coefficients: Int32Array, at: number, from: number, zeros: number): number {
    const step = 1 << this.scan.shift
    let left = zeros
    for (let k = from; k <= this.scan.to; k++) {
      const place = at + ZIGZAG[k]
      const value = coefficients[place]
      if (value === 0) {
        if (left === 0) return k
        left--
      } else if (this.bits.bits(1) === 1 && (value & step) === 0) {
        coefficients[place] += value > 0 ? step : -step
      }
    }
    return this.scan.to + 1
  }
}
