import { expect, test } from 'vitest'
import { SYNTAX, toEncapsulated } from '../../domain/volume/testing/encapsulate.ts'
import { openForTest } from '../../domain/volume/testing/openForTest.ts'
import { toFile, writeSyntheticSlice } from '../../domain/volume/testing/syntheticDicom.ts'
import { encodeWith, type PlainImage } from './testing/encoders.ts'
import { decodeInNode } from './testing/nodeDecoder.ts'

const SIDE = 64
const HU = Int16Array.from({ length: SIDE * SIDE }, (_, n) => (n % SIDE < 4 ? -1000 : (n % 7) * 40 - 80))

interface Header {
  readonly signed: boolean
  readonly bitsStored: number
  readonly intercept?: number
  readonly padding?: number
}

async function open(
  codec: 'jpeg2000' | 'htj2k' | 'jpegLs',
  image: Pick<PlainImage, 'bits' | 'pixels'>,
  header: Header,
) {
  const frame = await encodeWith(codec, { columns: SIDE, rows: SIDE, ...image })
  const { signed, bitsStored, intercept = 0, padding } = header
  const files = [0, 1, 2].map((n) =>
    toFile(
      `${n}.dcm`,
      writeSyntheticSlice({
        ...{ columns: SIDE, rows: SIDE, signed, intercept, positionLpsMm: [0, 0, n] },
        transferSyntaxUid: SYNTAX[codec],
        elements: {
          '00280101': ['US', [bitsStored]],
          '00280102': ['US', [bitsStored - 1]],
          '00280120': padding === undefined ? null : ['US', [padding]],
          '7fe00010': ['OB', toEncapsulated([frame])],
        },
      }),
    ),
  )
  const opened = await openForTest(files, 0, decodeInNode)
  if (!opened.ok) throw new Error(opened.problem.message)
  const { volume, notices } = opened.value
  return { hu: volume.hu.slice(0, HU.length), codes: notices.map((notice) => notice.code) }
}

test.each(['jpeg2000', 'htj2k'] as const)(
  'a signed %s stream under an unsigned header keeps its sign, and that is told',
  async (codec) => {
    for (const bitsStored of [12, 16]) {
      const { hu, codes } = await open(codec, { bits: bitsStored, pixels: HU }, { signed: false, bitsStored })
      expect(hu).toEqual(HU)
      expect(codes).toContain('codestream-sign')
    }
  },
)

test('its padding is read with the same sign', async () => {
  const pixels = HU.map((value) => (value === -1000 ? -2000 : value))
  const { hu, codes } = await open('jpeg2000', { bits: 16, pixels }, { signed: false, bitsStored: 16, padding: 63536 })
  expect(hu).toEqual(HU.map((value) => (value === -1000 ? -1024 : value)))
  expect(codes).not.toContain('padding-not-applied')
})

test('a signed stream under a signed header of fewer bits keeps its bits', async () => {
  const pixels = HU.map((value) => (value > 0 ? value * 30 : value))
  const { hu } = await open('jpeg2000', { bits: 16, pixels }, { signed: true, bitsStored: 12 })
  expect(hu).toEqual(pixels)
})

test('an unsigned stream under a signed header holds the bits of signed numbers, and that is told', async () => {
  const bits16 = Uint16Array.from(HU, (value) => value & 0xffff)
  const bits12 = Uint16Array.from(HU, (value) => value & 0xfff)
  for (const [codec, bits, pixels, bitsStored] of [
    ['jpeg2000', 16, bits16, 16],
    ['jpeg2000', 16, bits16, 12],
    ['jpeg2000', 12, bits12, 12],
    ['jpeg2000', 12, bits12, 16],
    ['jpegLs', 16, bits16, 16],
    ['jpegLs', 12, bits12, 12],
  ] as const) {
    const { hu, codes } = await open(codec, { bits, pixels }, { signed: true, bitsStored })
    expect(hu, `${codec} ${bits} ${bitsStored}`).toEqual(HU)
    expect(codes).not.toContain('codestream-bits')
    // A JPEG-LS stream has no sign of its own that could differ.
    expect(codes.filter((code) => code === 'codestream-unsigned')).toHaveLength(codec === 'jpeg2000' ? 1 : 0)
  }
})

test('more bits than the header says are used, and that is told', async () => {
  const pixels = Uint16Array.from(HU, (value) => value + 5000)
  const { hu, codes } = await open(
    'jpeg2000',
    { bits: 16, pixels },
    { signed: false, bitsStored: 12, intercept: -5000 },
  )
  expect(hu).toEqual(HU)
  expect(codes).toContain('codestream-bits')
})
