import { expect, test } from 'vitest'
import { encodeRle } from '../../testing/encodeRle.ts'
import type { PixelFormat } from '../sliceHeader.ts'
import { decodeRle, readRleSegments } from './rle.ts'

const [ROWS, COLUMNS] = [16, 24]
const format = { rows: ROWS, columns: COLUMNS, bitsAllocated: 16, samplesPerPixel: 1 } as PixelFormat
const pixels = Uint16Array.from({ length: ROWS * COLUMNS }, (_, n) => (n % 24 < 9 ? 24 : (n * 997) % 4096))

test('16 and 8 bits come back pixel by pixel', () => {
  expect(decodeRle(encodeRle(pixels), format)).toEqual(pixels)
  const bytes = Uint8Array.from(pixels)
  expect(decodeRle(encodeRle(bytes), { ...format, bitsAllocated: 8 })).toEqual(bytes)
})

test('a frame cut at any tenth is refused', () => {
  const whole = encodeRle(pixels)
  for (let tenth = 1; tenth < 10; tenth++) {
    const cut = whole.subarray(0, Math.floor((whole.length * tenth) / 10))
    expect(() => decodeRle(cut, format), `${tenth}0 %`).toThrow(/RLE/)
  }
})

test('a segment that gives fewer or more bytes than the slice has pixels is refused', () => {
  expect(() => decodeRle(encodeRle(pixels), { ...format, rows: ROWS + 1 })).toThrow('ends after 384 of 408 pixels')
  expect(() => decodeRle(encodeRle(pixels), { ...format, rows: ROWS - 1 })).toThrow('holds more bytes')
})

test('segments of another number, out of order, or behind the end are refused', () => {
  const whole = encodeRle(pixels)
  expect(() => readRleSegments(whole, 1)).toThrow('it holds 2 RLE segments where its pixels need 1')
  const damaged = (at: number, value: number) => {
    const copy = whole.slice()
    new DataView(copy.buffer).setUint32(at, value, true)
    return copy
  }
  expect(() => readRleSegments(damaged(0, 5e8), 2)).toThrow('a damaged RLE header')
  for (const start of [0, 63, whole.length, 0xffffffff])
    expect(() => readRleSegments(damaged(8, start), 2)).toThrow(/RLE frame/)
  expect(() => readRleSegments(whole.subarray(0, 40), 2)).toThrow('the RLE frame ends inside its header')
})

test('a zeroed tail is refused', () => {
  const whole = encodeRle(pixels)
  expect(() => decodeRle(whole.fill(0, whole.length >> 1), format)).toThrow(/RLE segment/)
})

test('zeros that end literal bytes are refused where the encoder knows replicate runs, and taken where it does not', () => {
  const row = { rows: 1, columns: 12, bitsAllocated: 8, samplesPerPixel: 1 } as PixelFormat
  const toFrame = (...segment: number[]) => {
    const frame = new Uint8Array(64 + segment.length)
    frame[0] = 1
    frame[4] = 64
    frame.set(segment, 64)
    return frame
  }
  const literal = (zeros: number) => [8 - 1, ...Array.from({ length: 8 }, (_, n) => (n < 8 - zeros ? n + 1 : 0))]
  const replicate = [257 - 4, 7]
  expect(() => decodeRle(toFrame(...replicate, ...literal(4)), row)).toThrow('its RLE data is zeroed in part')
  expect([...decodeRle(toFrame(...replicate, ...literal(2)), row)]).toEqual([7, 7, 7, 7, 1, 2, 3, 4, 5, 6, 0, 0])
  expect([...decodeRle(toFrame(3, 7, 7, 7, 7, ...literal(4)), row)]).toEqual([7, 7, 7, 7, 1, 2, 3, 4, 0, 0, 0, 0])
})
