import type { DctBlocks } from './jpegDctScan.ts'
import type { JpegFrame } from './jpegSegments.ts'

/** COSINES[8 · x + u] = C(u) / 2 · cos((2x + 1) u π / 16): T.81 A.3.3. */
const COSINES = Float64Array.from({ length: 64 }, (_, n) => {
  const [x, u] = [n >> 3, n & 7]
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16)
})

/** Pixels of quantised coefficients: inverse transform in floating point, level shift, rounding, and the sample's range. */
export function transformBlocks(blocks: DctBlocks, quantisation: Float64Array, frame: JpegFrame): Uint16Array {
  const { rows, columns, bits } = frame
  const pixels = new Uint16Array(rows * columns)
  const middle = 1 << (bits - 1)
  const highest = (1 << bits) - 1
  const block = new Float64Array(64)
  for (let n = 0; n < blocks.across * blocks.down; n++) {
    transformBlock(blocks.coefficients.subarray(64 * n, 64 * n + 64), quantisation, block)
    const [left, top] = [8 * (n % blocks.across), 8 * Math.floor(n / blocks.across)]
    const width = Math.min(8, columns - left)
    for (let y = 0; y < Math.min(8, rows - top); y++) {
      for (let x = 0; x < width; x++) {
        const value = Math.round(block[8 * y + x]) + middle
        pixels[(top + y) * columns + left + x] = Math.max(0, Math.min(highest, value))
      }
    }
  }
  return pixels
}

const half = new Float64Array(64)

/** Columns, then rows; empty frequencies cost nothing. */
function transformBlock(coefficients: Int32Array, quantisation: Float64Array, into: Float64Array): void {
  half.fill(0)
  for (let v = 0; v < 8; v++) {
    for (let u = 0; u < 8; u++) {
      if (coefficients[8 * v + u] === 0) continue
      const amount = coefficients[8 * v + u] * quantisation[8 * v + u]
      for (let y = 0; y < 8; y++) half[8 * y + u] += amount * COSINES[8 * y + v]
    }
  }
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0
      for (let u = 0; u < 8; u++) sum += half[8 * y + u] * COSINES[8 * x + u]
      into[8 * y + x] = sum
    }
  }
}
