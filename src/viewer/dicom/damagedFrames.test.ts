import { describe, expect, test } from 'vitest'
import { inspectFrame } from '../../domain/volume/dicom/codestream/inspectFrame.ts'
import type { PixelFormat } from '../../domain/volume/dicom/sliceHeader.ts'
import { SYNTAX } from '../../domain/volume/testing/encapsulate.ts'
import { encodeJpegLossless } from '../../domain/volume/testing/encodeJpegLossless.ts'
import { encodeRle } from '../../domain/volume/testing/encodeRle.ts'
import { type EncoderName, encodeWith } from './testing/encoders.ts'
import { decodeInNode } from './testing/nodeDecoder.ts'

const [ROWS, COLUMNS] = [72, 88]

type Encode = (pixels: Uint16Array, columns: number) => Promise<Uint8Array> | Uint8Array

const withLibrary =
  (name: EncoderName): Encode =>
  (pixels, columns) =>
    encodeWith(name, { columns, rows: pixels.length / columns, bits: 12, pixels })

/** What each codec is made with, and whether it tells damage inside its data from data. */
const CODECS: readonly (readonly [keyof typeof SYNTAX, Encode, 'finds damage' | 'finds structure'])[] = [
  ['rle', (pixels) => encodeRle(pixels), 'finds structure'],
  [
    'jpegLossless',
    (pixels, columns) => encodeJpegLossless(pixels, { columns, bits: 12, predictor: 6 }),
    'finds damage',
  ],
  ['jpegLs', withLibrary('jpegLs'), 'finds damage'],
  ['jpeg2000', withLibrary('jpeg2000'), 'finds structure'],
  ['htj2k', withLibrary('htj2k'), 'finds structure'],
  ['jpegXl', withLibrary('jpegXl'), 'finds damage'],
]

/** Slices of two patients: every pixel is another one. */
const toPatient = (number: number, length = ROWS * COLUMNS) =>
  Uint16Array.from(
    { length },
    (_, n) => 2000 * number + (((n % COLUMNS) * 13 + Math.floor(n / COLUMNS) * 7 + (n % 5)) % 1700),
  )

const format: PixelFormat = {
  rows: ROWS,
  columns: COLUMNS,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: false,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  slope: 1,
  intercept: -1024,
  hasModalityLut: false,
  hasRescale: true,
  paddingRange: null,
}

async function decode(bytes: Uint8Array, transferSyntaxUid: string): Promise<ArrayLike<number>> {
  const inspected = inspectFrame({ bytes, transferSyntaxUid, format })
  return decodeInNode({ bytes: inspected.bytes.slice(), codec: inspected.codec, format })
}

const countEqual = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((count, value, n) => count + (value === b[n] ? 1 : 0), 0)

describe.each(CODECS)('%s', (name, encode, power) => {
  const uid = SYNTAX[name]
  const own = toPatient(1)
  const other = toPatient(0)
  const encoded = encode(own, COLUMNS)
  const encodedOther = encode(other, COLUMNS)

  /** Decodes the other patient first, so that a decoder that keeps anything keeps that. */
  const decodeAfterOther = async (bytes: Uint8Array) => {
    expect(await decode(await encodedOther, uid)).toEqual(other)
    return decode(bytes, uid)
  }

  test('gives every pixel back', async () => {
    expect(await decodeAfterOther(await encoded)).toEqual(own)
  })

  test('cut at any tenth is refused', async () => {
    const whole = await encoded
    for (let tenth = 0; tenth < 10; tenth++) {
      await expect(
        decodeAfterOther(whole.slice(0, Math.floor((whole.length * tenth) / 10))),
        `${tenth}0 %`,
      ).rejects.toThrow()
    }
  })

  test('200 bytes of anything, and nothing, are refused', async () => {
    const noise = Uint8Array.from({ length: 200 }, (_, n) => (n * 181 + 7) & 255)
    for (const bytes of [noise, new Uint8Array(200), new Uint8Array(0), new Uint8Array(1)]) {
      await expect(decodeAfterOther(bytes)).rejects.toThrow()
    }
  })

  test('of another width or height is refused with both sizes', async () => {
    for (const columns of [COLUMNS - 8, COLUMNS + 8]) {
      const bytes = await encode(toPatient(1, ROWS * columns), columns)
      await expect(decodeAfterOther(bytes)).rejects.toThrow(name === 'rle' ? /RLE/ : `${columns} × ${ROWS} pixels`)
    }
    const taller = await encode(toPatient(1, (ROWS + 4) * COLUMNS), COLUMNS)
    await expect(decodeAfterOther(taller)).rejects.toThrow(name === 'rle' ? /RLE/ : `${COLUMNS} × ${ROWS + 4} pixels`)
  })

  test('zeroed from any tenth to its end is refused', async () => {
    const whole = await encoded
    for (let tenth = 1; tenth < 10; tenth++) {
      const zeroed = whole.slice().fill(0, Math.floor((whole.length * tenth) / 10))
      await expect(decodeAfterOther(zeroed), `${tenth}0 %`).rejects.toThrow()
    }
  })

  test('zeroed from any tenth up to a sound end is refused', async () => {
    const whole = await encoded
    for (let tenth = 1; tenth < 10; tenth++) {
      const zeroed = whole.slice().fill(0, Math.floor((whole.length * tenth) / 10), -2)
      await expect(decodeAfterOther(zeroed), `${tenth}0 %`).rejects.toThrow()
    }
  })

  test('a flat slice comes back as it was', async () => {
    for (const value of [0, 24, 4095]) {
      const flat = new Uint16Array(ROWS * COLUMNS).fill(value)
      expect(await decodeAfterOther(await encode(flat, COLUMNS))).toEqual(flat)
    }
  })

  test('with any byte replaced is refused or its own, never the frame before', async () => {
    const whole = await encoded
    let [shown, refused, wrong] = [0, 0, 0]
    for (let at = 3; at < whole.length; at += Math.ceil(whole.length / 60)) {
      const damaged = whole.slice()
      damaged[at] ^= 0x55
      const pixels = await decodeAfterOther(damaged).catch(() => null)
      if (pixels === null) refused++
      else {
        shown++
        if (countEqual(pixels, own) < own.length) wrong++
        expect(pixels.length).toBe(own.length)
        expect(countEqual(pixels, other), `byte ${at}`).toBeLessThan(own.length / 10)
      }
    }
    expect(refused + shown).toBeGreaterThan(50)
    if (power === 'finds damage') expect(wrong).toBeLessThan(0.1 * (refused + shown))
  })
})
