/** What may be said of a JPEG lossless stream that a test makes. */
export interface JpegLosslessOptions {
  readonly columns: number
  readonly bits?: number
  /** 1…7 of T.81 table H.1. */
  readonly predictor?: number
  /** Rows between restart markers. */
  readonly restartRows?: number
}

/** Category 0…16 of a difference has a code of 5 bits: nothing is won, every category can be written. */
const CODE_BITS = 5

/** JPEG stream of process 14, one component; for tests only. Written from T.81 annex H apart from the decoder. */
export function encodeJpegLossless(pixels: Uint16Array, options: JpegLosslessOptions): Uint8Array<ArrayBuffer> {
  const { columns, bits = 16, predictor = 1, restartRows = 0 } = options
  const rows = pixels.length / columns
  const word = (value: number) => [value >> 8, value & 255]
  const counts = Array.from({ length: 16 }, (_, n) => (n === CODE_BITS - 1 ? 17 : 0))
  const head = [
    ...[0xff, 0xd8, 0xff, 0xc3, 0, 11, bits, ...word(rows), ...word(columns), 1, 1, 0x11, 0],
    ...[0xff, 0xc4, ...word(19 + 17), 0, ...counts, ...Array.from({ length: 17 }, (_, n) => n)],
    ...(restartRows > 0 ? [0xff, 0xdd, 0, 4, ...word(restartRows * columns)] : []),
    ...[0xff, 0xda, 0, 8, 1, 1, 0, predictor, 0, 0],
  ]
  const data: number[] = []
  const bandRows = restartRows || rows
  for (let row = 0; row < rows; row += bandRows) {
    if (row > 0) data.push(0xff, 0xd0 + ((row / bandRows - 1) & 7))
    const band = pixels.subarray(row * columns, (row + bandRows) * columns)
    data.push(...encodeBand(band, columns, predictor, 1 << (bits - 1)))
  }
  return Uint8Array.from([...head, ...data, 0xff, 0xd9])
}

function encodeBand(pixels: Uint16Array, columns: number, predictor: number, middle: number): number[] {
  let text = ''
  pixels.forEach((value, n) => {
    const at = (back: number) => pixels[n - back]
    const [left, above, corner] = [at(1), at(columns), at(columns + 1)]
    const all = [0, left, above, corner, left + above - corner, left + ((above - corner) >> 1)]
    const predicted = [...all, above + ((left - corner) >> 1), (left + above) >> 1][predictor]
    const edge = n === 0 ? middle : n < columns ? left : n % columns === 0 ? above : predicted
    text += toCode(((value - edge + 32768) & 0xffff) - 32768)
  })
  return toBytes(text.padEnd(Math.ceil(text.length / 8) * 8, '1'))
}

/** Category and, but for −32768, the difference in as many bits. */
function toCode(difference: number): string {
  const size = difference === -32768 ? 16 : 32 - Math.clz32(Math.abs(difference))
  const code = size.toString(2).padStart(CODE_BITS, '0')
  if (size === 0 || size === 16) return code
  const value = difference < 0 ? difference + (1 << size) - 1 : difference
  return code + value.toString(2).padStart(size, '0')
}

function toBytes(text: string): number[] {
  const bytes: number[] = []
  for (let n = 0; n < text.length; n += 8) {
    const byte = Number.parseInt(text.slice(n, n + 8), 2)
    bytes.push(byte, ...(byte === 0xff ? [0] : []))
  }
  return bytes
}
