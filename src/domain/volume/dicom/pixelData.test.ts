import { describe, expect, test } from 'vitest'
import type { DicomElements } from '../testing/dicomBytes.ts'
import { SYNTAX, toEncapsulated } from '../testing/encapsulate.ts'
import { encodeRle } from '../testing/encodeRle.ts'
import { openForTest, openVolumeForTest, scanForTest } from '../testing/openForTest.ts'
import { type SyntheticSlice, toFile, writeSyntheticSeries, writeSyntheticSlice } from '../testing/syntheticDicom.ts'
import { decodeRle } from './codestream/rle.ts'
import type { DecodeFrame } from './decodeFrame.ts'

const huOf = async (part: SyntheticSlice, count = 12) => [
  ...(await openVolumeForTest(writeSyntheticSeries(3, part))).volume.hu.subarray(0, count),
]

const codesOf = async (part: SyntheticSlice) =>
  (await openVolumeForTest(writeSyntheticSeries(3, part))).notices.map((notice) => notice.code)

/** Of a slice of 4 × 3. */
const words = (values: readonly number[]) => new Uint8Array(Uint16Array.from(values).buffer)

describe('pixel data that is shorter than its slice', () => {
  const short = (bytes: number) =>
    toFile(
      'short.dcm',
      writeSyntheticSlice({
        positionLpsMm: [-10, -20, 38],
        elements: {
          '7fe00010': ['OW', new Uint8Array(bytes)],
          // What lies behind it would be read as pixels.
          fffcfffc: ['OB', new Uint8Array(100).fill(0x55)],
        },
      }),
    )

  test.each([2, 12, 22])('of %i bytes is named and missing, and nothing behind it becomes pixels', async (bytes) => {
    const { volume, notices } = await openVolumeForTest([...writeSyntheticSeries(4), short(bytes)])
    expect([...new Set(volume.hu)]).toEqual([-1000, -900, -800, -700, -1024])
    expect(volume.missing).toEqual([4])
    expect(notices.map(({ code }) => code)).toEqual(['slices-not-decoded'])
    expect(notices[0].message).toBe('short.dcm could not be decoded: the file is cut off before its last pixel.')
  })

  test('of no bytes is named and has no place', async () => {
    const { series, problems } = await scanForTest([...writeSyntheticSeries(4), short(0)])
    expect(series[0].summary.sliceCount).toBe(4)
    expect(problems.map(({ code }) => code)).toEqual(['dicom-without-pixels'])
  })
})

describe('a file that is cut off', () => {
  const cut = (file: File, bytes: number) => file.arrayBuffer().then((whole) => new Uint8Array(whole.slice(0, -bytes)))
  /** Of a series of five; pixels that deflate does not pack to nothing. */
  const noisy = (part: SyntheticSlice = {}) =>
    [0, 1, 2, 3, 4].map((n) => {
      const stored = Array.from({ length: 12 }, (_, at) => ((at + 1) * (n + 3) * 7919) % 2000)
      return toFile(`s/${n}.dcm`, writeSyntheticSlice({ positionLpsMm: [0, 0, n * 2], stored, ...part }))
    })

  test.each(['explicit', 'implicit', 'big-endian', 'deflated'] as const)(
    '%s: its layer is missing and not mixed from its neighbours',
    async (encoding) => {
      const files = noisy({ encoding })
      const bytes = await cut(files[2], 5)
      const { volume, notices } = await openVolumeForTest(files.with(2, toFile('s/2.dcm', bytes)))
      expect([volume.size, volume.spacingMm[2], volume.missing]).toEqual([[4, 3, 5], 2, [2]])
      expect(notices.filter(({ code }) => code !== 'hu-scale-suspect').map(({ code }) => code)).toEqual([
        'slices-not-decoded',
      ])
      expect(notices[0].message).toContain('s/2.dcm could not be decoded: the file is cut off before its last pixel')
    },
  )

  test('is named once and not used where a whole copy lies beside it, before or behind', async () => {
    const files = noisy()
    for (const path of ['a/2.dcm', 'z/2.dcm']) {
      const copy = toFile(path, await cut(files[2], 5))
      expect((await scanForTest([copy, ...files])).problems.map(({ code, message }) => [code, message])).toEqual([
        ['dicom-truncated', `${path}: the file is cut off before its last pixel.`],
      ])
      const { volume, notices } = await openVolumeForTest([copy, ...files])
      expect([volume.missing, notices.map(({ code }) => code).includes('slices-not-decoded')]).toEqual([[], false])
    }
  })

  test('gives way to a whole slice at its place whose header is not the same', async () => {
    const files = noisy()
    const twin = toFile('a/2.dcm', await cut(noisy({ description: 'Chest 1.0', sopInstanceUid: '1.5' })[2], 5))
    const { volume, notices } = await openVolumeForTest([twin, ...files])
    expect(volume.missing).toEqual([])
    expect(notices[0]).toMatchObject({ code: 'duplicate-slices', message: expect.stringContaining('a/2.dcm') })
  })

  test('is named wherever it ends, also between two elements and before anything says what it is', async () => {
    const files = noisy()
    const whole = new Uint8Array(await files[2].arrayBuffer())
    for (let bytes = 140; bytes < whole.length; bytes++) {
      const dropped = files.with(2, toFile('s/2.dcm', whole.slice(0, bytes)))
      const { problems } = await scanForTest(dropped)
      const { notices } = await openVolumeForTest(dropped)
      expect(JSON.stringify([problems, notices]), `${bytes} of ${whole.length} bytes`).toContain('s/2.dcm')
    }
  })

  test('with all of its series, or alone, is refused by name', async () => {
    const files = noisy()
    const all = await Promise.all(files.map(async (file, n) => toFile(`s/${n}.dcm`, await cut(file, 5))))
    for (const dropped of [all, all.slice(0, 1)]) {
      const { series, problems } = await scanForTest(dropped)
      expect(series).toEqual([])
      expect(problems).toHaveLength(1)
      expect(problems[0]).toMatchObject({ code: 'dicom-truncated', message: expect.stringContaining('s/0.dcm') })
    }
  })

  test('inside compressed data is missing, and no copy of a whole one', async () => {
    const pixels = toEncapsulated([encodeRle(new Uint16Array(12).fill(24))])
    const part = { transferSyntaxUid: SYNTAX.rle, elements: { '7fe00010': ['OB', pixels] } } as const
    const files = noisy(part)
    const bytes = await cut(files[2], 20)
    const decode: DecodeFrame = async ({ bytes: frame, format }) => decodeRle(frame, format)
    const opened = await openForTest(files.with(2, toFile('s/2.dcm', bytes)), 0, decode)
    expect(opened.ok && opened.value.volume.missing).toEqual([2])
    const copied = await openForTest([toFile('a/2.dcm', bytes), ...files], 0, decode)
    expect(copied.ok && copied.value.volume.missing).toEqual([])
  })
})

describe('one header of a series that says other pixels than there are', () => {
  const us = (value: number) => ['US', [value]] as const
  const dropWith = (elements: SyntheticSlice['elements'], at = 2) => {
    const part = { positionLpsMm: [-10, -20, 30 + 2 * at] as const, stored: new Array<number>(12).fill(24), elements }
    return writeSyntheticSeries(5).with(at, toFile('odd.dcm', writeSyntheticSlice(part)))
  }
  const LONGER = 'its pixel data is longer than its header says'

  test.each([
    ['3 samples', { '00280002': us(3) }, 'its header says 3 samples a pixel'],
    ['no samples', { '00280002': us(0) }, 'its header says 0 samples a pixel'],
    ['8 bits of 16', { '00280100': us(8) }, 'a number of bits that pixels cannot have'],
    ['8 bits throughout', { '00280100': us(8), '00280101': us(8), '00280102': us(7) }, LONGER],
    ['32 bits', { '00280100': us(32) }, 'the file is cut off before its last pixel'],
    ['64 bits', { '00280100': us(64) }, 'a number of bits that pixels cannot have'],
    ['bytes behind the pixels', { '7fe00010': ['OW', new Uint8Array(28).fill(1)] }, LONGER],
    ['zeros of a whole slice behind', { '7fe00010': ['OW', new Uint8Array(48)] }, LONGER],
  ] as const)('%s: is named and missing, and the rest opens', async (_, elements, cause) => {
    for (const at of [0, 2]) {
      const { volume, notices } = await openVolumeForTest(dropWith(elements, at))
      expect([volume.size, volume.missing]).toEqual([[4, 3, 5], [at]])
      expect(notices.map(({ code }) => code)).toEqual(['slices-not-decoded'])
      expect(notices[0].message).toContain('odd.dcm')
      expect(notices[0].message).toContain(cause)
    }
  })

  test('a few zeros behind the pixels are no harm', async () => {
    const { volume, notices } = await openVolumeForTest(dropWith({ '7fe00010': ['OW', new Uint8Array(30)] }))
    expect(volume.missing).toEqual([])
    // Its one slice of stored zeros lies at −1024 HU, and none holds tissue.
    expect(notices.map(({ code }) => code)).toEqual(['hu-scale-suspect'])
  })
})

describe('8-bit pixels', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  const format = { '00280100': ['US', [8]], '00280101': ['US', [8]], '00280102': ['US', [7]] } as const
  const part = { columns: 3, rows: 3, intercept: 0, elements: { ...format } }

  test('in words of big endian lie two by two the wrong way round, and are read right', async () => {
    const swapped = Uint8Array.of(2, 1, 4, 3, 6, 5, 8, 7, 0, 9)
    const elements = { ...format, '7fe00010': ['OW', swapped] } as const
    expect(await huOf({ ...part, encoding: 'big-endian', elements }, 9)).toEqual(values)
  })

  test.each([
    ['big-endian', 'OB'],
    ['explicit', 'OW'],
    ['explicit', 'OB'],
    ['implicit', 'OW'],
  ] as const)('%s %s lie as they are', async (encoding, vr) => {
    const elements = { ...format, '7fe00010': [vr, Uint8Array.from(values)] } as const
    expect(await huOf({ ...part, encoding, elements }, 9)).toEqual(values)
  })
})

describe('12 bits under a header that places them in the high bits', () => {
  const elements = { '00280101': ['US', [12]], '00280102': ['US', [15]] } as const
  const values = [24, 1024, 1064, 2000, 0, 4095, 7, 24, 24, 24, 24, 24]
  const hus = values.map((value) => value - 1024)

  test('are read there where they lie there', async () => {
    expect(await huOf({ elements, stored: values.map((value) => value << 4) })).toEqual(hus)
    expect(await codesOf({ elements, stored: values.map((value) => value << 4) })).not.toContain('bits-at-low-end')
  })

  test('are read at the low end where they lie there, and that is told', async () => {
    expect(await huOf({ elements, stored: values })).toEqual(hus)
    expect(await codesOf({ elements, stored: values })).toContain('bits-at-low-end')
  })

  test('signed ones, too', async () => {
    const signed = [-1000, 0, 40, -1, 2047, -2048, 1, 1, 1, 1, 1, 1]
    const part = { elements, signed: true, intercept: 0 }
    const raised = signed.map((value) => (value & 0xfff) << 4)
    const clipped = signed.map((value) => Math.max(-1024, value))
    const air = { ...part, stored: signed }
    expect((await huOf(air)).map((hu) => Math.max(-1024, hu))).toEqual(clipped)
    expect((await huOf({ ...part, stored: raised })).map((hu) => Math.max(-1024, hu))).toEqual(clipped)
  })

  test('a slice that cannot tell is read as its series is', async () => {
    const part = (n: number, stored: readonly number[]) =>
      toFile(`${n}.dcm`, writeSyntheticSlice({ elements, stored, positionLpsMm: [0, 0, n] }))
    const flat = new Array<number>(12).fill(16)
    const files = [part(0, flat), part(1, flat), part(2, flat), part(3, values)]
    expect((await openVolumeForTest(files)).volume.hu[0]).toBe(16 - 1024)
  })
})

describe('padding', () => {
  const stored = [0, -1000, 40, 60, -2000, 0, 0, 0, 0, 0, 0, 0]
  const signed = (padding: SyntheticSlice['elements']) => ({ signed: true, intercept: 0, stored, elements: padding })

  test('outside the HU that are measured becomes air', async () => {
    expect((await huOf(signed({ '00280120': ['SS', [-2000]] }))).slice(0, 5)).toEqual([0, -1000, 40, 60, -1024])
    expect(await codesOf(signed({ '00280120': ['SS', [-2000]] }))).not.toContain('padding-not-applied')
    const unsigned = { intercept: -1024, stored: stored.map((value) => Math.max(0, value)) }
    expect((await huOf({ ...unsigned, elements: { '00280120': ['US', [0]] } })).slice(0, 3)).toEqual([
      -1024, -1024, -984,
    ])
  })

  test.each([
    ['0 on stored HU, which is water', signed({ '00280120': ['SS', [0]] })],
    ['a range of all numbers', signed({ '00280120': ['SS', [-32768]], '00280121': ['SS', [32767]] })],
    ['a range that reaches into lung', signed({ '00280120': ['SS', [-2000]], '00280121': ['SS', [-700]] })],
    [
      '0 to 65535 of unsigned pixels',
      {
        intercept: -1024,
        stored: stored.map((v) => v + 1024),
        elements: { '00280120': ['US', [0]], '00280121': ['US', [65535]] },
      },
    ],
  ] as const)('of %s blanks nothing, and that is told', async (_, part) => {
    expect((await huOf(part)).slice(0, 4)).toEqual([0, -1000, 40, 60])
    expect(await codesOf(part)).toContain('padding-not-applied')
  })
})

describe('a modality LUT', () => {
  /** Stored 100…104 are −1000, −500, 0, 40, 1000 HU. */
  const hus = [-1000, -500, 0, 40, 1000]
  const lut = (vr: 'OW' | 'US', descriptor: readonly number[] = [5, 100, 16]): SyntheticSlice['elements'] => {
    const data: DicomElements[string] = vr === 'OW' ? ['OW', words(hus)] : ['US', hus.map((hu) => hu & 0xffff)]
    const item: DicomElements = { '00283002': ['US', descriptor], '00283004': ['LO', 'HU'], '00283006': data }
    return { '00283000': ['SQ', [item]], '00281052': null, '00281053': null }
  }
  const stored = [99, 100, 101, 102, 103, 104, 105, 60_000, 0, 100, 100, 100]

  test.each([
    ['OW', 'explicit'],
    ['US', 'explicit'],
    ['OW', 'implicit'],
    ['US', 'big-endian'],
  ] as const)(
    'of %s, %s, gives the HU in place of slope and intercept, its ends for what lies beyond',
    async (vr, encoding) => {
      const part = { encoding, stored, elements: lut(vr) }
      expect((await huOf(part)).slice(0, 9)).toEqual([-1000, -1000, -500, 0, 40, 1000, 1000, 1000, -1000])
      expect(await codesOf(part)).not.toContain('missing-rescale')
    },
  )

  test('that is shorter than it says is refused by name', async () => {
    const opened = await openForTest(writeSyntheticSeries(3, { stored, elements: lut('OW', [50, 100, 16]) }))
    expect(opened.ok ? '' : opened.problem.message).toContain('its modality LUT is damaged')
  })
})
