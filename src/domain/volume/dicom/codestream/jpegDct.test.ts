import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodeJpegDct, inspectJpegDct } from './jpegDct.ts'

interface Fixture {
  readonly rows: number
  readonly columns: number
  readonly jpeg: Buffer
  readonly pixels: Uint16Array
}

const FOLDER = new URL('../../../../../fixtures/jpeg12/', import.meta.url)

/** A 12-bit frame, and what libjpeg-turbo makes of it (fixtures/jpeg12/make.py). */
function readFixture(name: string): Fixture {
  const { rows, columns, jpeg, pixels } = JSON.parse(
    readFileSync(fileURLToPath(new URL(`${name}.json`, FOLDER)), 'utf8'),
  )
  const bytes = Uint8Array.from(Buffer.from(pixels, 'base64'))
  return { rows, columns, jpeg: Buffer.from(jpeg, 'base64'), pixels: new Uint16Array(bytes.buffer) }
}

describe.each(['sequential', 'spectral', 'progressive'])('a %s 12-bit frame', (name) => {
  const { jpeg, pixels, rows, columns } = readFixture(name)

  test('says its size and depth', () => {
    expect(inspectJpegDct(jpeg)).toMatchObject({ rows, columns, bits: 12, components: 1, signed: null })
  })

  test('is within one unit of an independent decoder, over all of 0…4095 and at the edges of metal', () => {
    const decoded = decodeJpegDct(jpeg)
    const differences = decoded.map((value, n) => Math.abs(value - pixels[n]))
    expect(Math.max(...differences)).toBeLessThanOrEqual(1)
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(0.1)
    expect([Math.min(...decoded), Math.max(...decoded)]).toEqual([0, 4095])
  })

  test.each([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])(
    'cut at %f is refused, with an end marker and without',
    (share) => {
      const cut = jpeg.subarray(0, Math.floor(jpeg.length * share))
      expect(() => inspectJpegDct(cut)).toThrow(/JPEG stream/)
      expect(() => decodeJpegDct(Buffer.concat([cut, Buffer.from([0xff, 0xd9])]))).toThrow(/JPEG/)
    },
  )

  test('whose last third is zeroed before its end marker is refused', () => {
    const zeroed = Buffer.from(jpeg)
    zeroed.fill(0, Math.floor(jpeg.length * 0.66), jpeg.length - 2)
    expect(() => decodeJpegDct(zeroed)).toThrow(/JPEG/)
  })
})

test('a frame of another size is another frame: its header says so', () => {
  const { jpeg, rows, columns } = readFixture('sequential')
  const other = Buffer.from(jpeg)
  const at = other.indexOf(Buffer.from([0xff, 0xc1]))
  other.writeUInt16BE(rows + 8, at + 5)
  expect(inspectJpegDct(other)).toMatchObject({ rows: rows + 8, columns })
  expect(() => decodeJpegDct(other)).toThrow('the JPEG data ends before its last pixel')
  other.writeUInt16BE(rows - 16, at + 5)
  expect(() => decodeJpegDct(other)).toThrow('the JPEG data goes on after its last pixel')
})

test.each([0, 2, 4, 9, 16])('%i bits are none of a lossy JPEG, and 12 are none of a baseline one', (bits) => {
  const { jpeg } = readFixture('sequential')
  const other = Buffer.from(jpeg)
  const at = other.indexOf(Buffer.from([0xff, 0xc1]))
  other[at + 4] = bits
  expect(() => inspectJpegDct(other)).toThrow(`its JPEG data has ${bits} bits`)
  other[at + 1] = 0xc0
  other[at + 4] = 12
  expect(() => inspectJpegDct(other)).toThrow('its JPEG data has 12 bits')
})
