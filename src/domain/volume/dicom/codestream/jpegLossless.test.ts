import { expect, test } from 'vitest'
import { encodeJpegLossless } from '../../testing/encodeJpegLossless.ts'
import { decodeJpegLossless, inspectJpegLossless } from './jpegLossless.ts'

const [ROWS, COLUMNS] = [24, 20]
const toPixels = (limit: number) => Uint16Array.from({ length: ROWS * COLUMNS }, (_, n) => (n * n * 7919) % limit)
const end = Uint8Array.of(0xff, 0xd9)

test.each([1, 2, 3, 4, 5, 6, 7])('predictor %i gives every pixel back, of 12 and of 16 bits', (predictor) => {
  for (const bits of [12, 16]) {
    const pixels = toPixels(2 ** bits)
    const bytes = encodeJpegLossless(pixels, { columns: COLUMNS, bits, predictor })
    expect(inspectJpegLossless(bytes)).toMatchObject({ rows: ROWS, columns: COLUMNS, bits, components: 1 })
    expect(decodeJpegLossless(bytes)).toEqual(pixels)
  }
})

test('restart markers begin the prediction anew, and none may be lost', () => {
  const pixels = toPixels(65536)
  const bytes = encodeJpegLossless(pixels, { columns: COLUMNS, predictor: 4, restartRows: 4 })
  expect(decodeJpegLossless(bytes)).toEqual(pixels)
  const second = bytes.findIndex((byte, n) => byte === 0xff && bytes[n + 1] === 0xd1)
  const swapped = bytes.slice()
  swapped[second + 1] = 0xd4
  expect(() => decodeJpegLossless(swapped)).toThrow('the JPEG lossless data has lost a restart marker')
})

test('a stream cut at any tenth is refused, with an end marker and without', () => {
  const bytes = encodeJpegLossless(toPixels(4096), { columns: COLUMNS, bits: 12 })
  for (let tenth = 1; tenth < 10; tenth++) {
    const cut = bytes.slice(0, Math.floor((bytes.length * tenth) / 10))
    expect(() => inspectJpegLossless(cut), `${tenth}0 %`).toThrow('ends before its end marker')
    const closed = Uint8Array.from([...cut, ...end])
    expect(() => decodeJpegLossless(closed), `${tenth}0 %`).toThrow(/JPEG lossless/)
  }
})

test('data zeroed up to a sound end marker is refused', () => {
  const bytes = encodeJpegLossless(toPixels(4096), { columns: COLUMNS, bits: 12 })
  expect(() => decodeJpegLossless(bytes.fill(0, bytes.length >> 1, -2))).toThrow(/JPEG lossless data/)
})

test('a stream of another process, or none at all, is named', () => {
  expect(() => inspectJpegLossless(new Uint8Array(200))).toThrow('it holds no JPEG lossless stream')
  const bytes = encodeJpegLossless(toPixels(4096), { columns: COLUMNS, bits: 12 })
  bytes[3] = 0xc1
  expect(() => inspectJpegLossless(bytes)).toThrow('not of the lossless process')
})

test('a second image behind the first is refused', () => {
  const bytes = encodeJpegLossless(toPixels(4096), { columns: COLUMNS, bits: 12 })
  expect(() => inspectJpegLossless(Uint8Array.from([...bytes, ...bytes]))).toThrow('a second image follows')
})

test.each([
  ['the scan header', 0xda],
  ['the frame header', 0xc3],
])('%s of another length than its components make is refused', (_, code) => {
  const bytes = encodeJpegLossless(toPixels(4096), { columns: COLUMNS, bits: 12 })
  const at = bytes.findIndex((byte, n) => byte === 0xff && bytes[n + 1] === code)
  for (const change of [-1, 1, 2]) {
    const changed = bytes.slice()
    changed[at + 3] += change
    expect(() => inspectJpegLossless(changed)).toThrow('the JPEG lossless stream has damaged markers')
  }
})
