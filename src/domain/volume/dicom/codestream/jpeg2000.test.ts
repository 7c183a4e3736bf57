import { expect, test } from 'vitest'
import { inspectJpeg2000 } from './jpeg2000.ts'
import { countPackets, hasZeroedHole } from './jpeg2000Packets.ts'

const word = (value: number) => [value >> 8, value & 255]
const long = (value: number) => [...word(value >>> 16), ...word(value & 0xffff)]

interface Layout {
  readonly width?: number
  readonly height?: number
  readonly tile?: number
  readonly left?: number
  readonly precision?: number
}

/** SOC, SIZ and COD of one component: one layer, five levels, precincts of any size. */
function toHead({ width = 64, height = 48, tile = 64, left = 0, precision = 11 }: Layout = {}): number[] {
  const size = [width, height, left, 0, tile, tile, 0, 0].flatMap(long)
  const siz = [0xff, 0x51, ...word(41), 0, 0, ...size, ...word(1), precision, 1, 1]
  const cod = [0xff, 0x52, ...word(12), 0, 0, 0, 1, 0, 5, 4, 4, 0, 1]
  return [0xff, 0x4f, ...siz, ...cod]
}

/** A tile-part of `data`; `said` is its Psot where that is not its length. */
function toPart(tile: number, data: readonly number[], part = 0, parts = 1, said = 14 + data.length): number[] {
  return [0xff, 0x90, ...word(10), ...word(tile), ...long(said), part, parts, 0xff, 0x93, ...data]
}

const DATA = [0xcf, 0xb4, 0x04, 0x00, 0x80, 0x10]
const END = [0xff, 0xd9]
const inspect = (...parts: readonly (readonly number[])[]) =>
  inspectJpeg2000(Uint8Array.from(parts.flat()), 'JPEG 2000')

test('a codestream says its size, bits and sign, and ends at its end marker', () => {
  const frame = inspect(toHead(), toPart(0, DATA), END, [0])
  expect(frame).toMatchObject({ columns: 64, rows: 48, components: 1, bits: 12, signed: false })
  expect([...frame.codestream.slice(-2)]).toEqual(END)
  expect(inspect(toHead({ precision: 0x8f }), toPart(0, DATA), END)).toMatchObject({ bits: 16, signed: true })
})

test('a last tile-part of length 0 reaches to the end marker, behind which lies padding', () => {
  const frame = inspect(toHead(), toPart(0, DATA, 0, 1, 0), END, [0])
  expect([...frame.codestream.slice(-2)]).toEqual(END)
  expect(() => inspect(toHead(), toPart(0, DATA, 0, 1, 0))).toThrow('the JPEG 2000 stream ends before its end marker')
})

test('a codestream in JP2 boxes is taken out of them', () => {
  const codestream = [...toHead(), ...toPart(0, DATA), ...END]
  const signature = [...long(12), 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a]
  const box = [...long(8 + codestream.length), 0x6a, 0x70, 0x32, 0x63, ...codestream]
  expect([...inspect(signature, box).codestream]).toEqual(codestream)
})

test.each([
  ['no end marker', [toHead(), toPart(0, DATA)], 'ends before its end marker'],
  ['a tile-part longer than the stream', [toHead(), toPart(0, DATA, 0, 1, 200), END], 'ends before its end marker'],
  ['a tile-part shorter than its data', [toHead(), toPart(0, DATA, 0, 1, 18), END], 'has lost a tile-part'],
  ['a tile-part shorter than its head', [toHead(), toPart(0, DATA, 0, 1, 9), END], 'has a damaged tile-part'],
  ['one of two tile-parts', [toHead(), toPart(0, DATA, 0, 2), END], 'has lost a tile-part'],
  ['tile-parts out of order', [toHead(), toPart(0, DATA, 1, 2), toPart(0, DATA, 0, 2), END], 'has lost a tile-part'],
  [
    'no marker before its data',
    [toHead(), toPart(0, DATA).map((byte) => (byte === 0x93 ? 0xd9 : byte)), END],
    'has damaged markers',
  ],
  ['one of two tiles', [toHead({ width: 128 }), toPart(0, DATA), END], 'holds 1 of 2 tiles'],
  ['a tile that is none', [toHead(), toPart(3, DATA), END], 'has lost a tile-part'],
  ['no tile', [toHead(), END], 'has damaged markers'],
  ['an image offset', [toHead({ left: 4 }), toPart(0, DATA), END], 'has an unusual grid'],
  ['tiles without size', [toHead({ tile: 0 }), toPart(0, DATA), END], 'has no tiles'],
  ['no size', [[0xff, 0x4f, 0xff, 0x52, 0, 2]], 'has no size'],
  ['no marker at all', [[1, 2, 3, 4]], 'it holds no JPEG 2000 stream'],
  [
    'zeros for data',
    [toHead(), toPart(0, [...DATA, ...new Array<number>(200).fill(0)]), END],
    'data is zeroed in part',
  ],
])('a codestream with %s is refused', (_, parts, cause) => {
  expect(() => inspect(...parts)).toThrow(cause)
})

test('a JPEG 2000 stream under the name of HTJ2K is refused', () => {
  const bytes = Uint8Array.from([...toHead(), ...toPart(0, DATA), ...END])
  expect(() => inspectJpeg2000(bytes, 'HTJ2K')).toThrow('its JPEG 2000 stream is not HTJ2K')
})

test('a flat image may hold one zero byte a packet, and no more than 64 besides', () => {
  const style = {
    layers: 12,
    levels: 1,
    precincts: [
      [15, 15],
      [5, 5],
    ] as const,
  }
  // Per layer: 2 × 2 of the smaller resolution and, of 64 × 64 pixels, 3 × 3 of the larger.
  expect(countPackets(style, 64, 64)).toBe(12 * (4 + 9))
  const withZeros = (count: number) => Uint8Array.from([7, ...new Array<number>(count).fill(0), 7])
  expect(hasZeroedHole(withZeros(156 + 64), 156)).toBe(false)
  expect(hasZeroedHole(withZeros(156 + 65), 156)).toBe(true)
})
