import { type CodestreamFacts, refuse } from './brokenFrame.ts'
import { ByteCursor } from './byteCursor.ts'

const CODEC = 'JPEG XL'
const BARE = 0xff0a
const BOX_CODESTREAM = 0x6a786c63
const BOX_PART = 0x6a786c70
/** Width of a ratio code 1…7 as numerator and denominator of the height (18181-1, table of SizeHeader). */
const RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
]

type Size = Pick<CodestreamFacts, 'rows' | 'columns'>

/** Size of a JPEG XL image, bare or in its container. The rest is the decoder's: it refuses data that end early or do not fit. */
export function inspectJpegXl(bytes: Uint8Array): Size {
  const bits = new LittleBits(toCodestream(bytes))
  if (bits.read(16) !== 0x0aff) refuse(`it holds no ${CODEC} stream`)
  const isSmall = bits.read(1) === 1
  const readSide = () => (isSmall ? 8 * (bits.read(5) + 1) : bits.read([9, 13, 18, 30][bits.read(2)]) + 1)
  const rows = readSide()
  const ratio = bits.read(3)
  if (ratio === 0) return { rows, columns: readSide() }
  const [across, down] = RATIOS[ratio - 1]
  return { rows, columns: Math.floor((rows * across) / down) }
}

/** The beginning of the codestream: of the file itself, or of the first box that holds a part of it. */
function toCodestream(bytes: Uint8Array): Uint8Array {
  const cursor = new ByteCursor(bytes, CODEC)
  if (bytes.length < 12) refuse(`it holds no ${CODEC} stream`)
  if (cursor.u16() === BARE) return bytes
  cursor.at = 0
  for (;;) {
    const start = cursor.at
    const [length, type] = [cursor.u32(), cursor.u32()]
    if (length !== 0 && start + length > bytes.length) refuse(`the ${CODEC} stream ends before its end`)
    if (type === BOX_CODESTREAM) return bytes.subarray(cursor.at)
    if (type === BOX_PART) return bytes.subarray(cursor.at + 4)
    if (length < 8) refuse(`it holds no ${CODEC} stream`)
    cursor.at = start + length
  }
}

/** Lowest bit first. */
class LittleBits {
  #at = 0
  constructor(private readonly bytes: Uint8Array) {}

  read(count: number): number {
    let value = 0
    for (let n = 0; n < count; n++, this.#at++) {
      const byte = this.bytes[this.#at >> 3] ?? refuse(`the ${CODEC} stream ends inside its header`)
      value += ((byte >> (this.#at & 7)) & 1) * 2 ** n
    }
    return value
  }
}
