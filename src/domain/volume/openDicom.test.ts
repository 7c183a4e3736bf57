import { expect, test } from 'vitest'
import { slicesOfLayer } from './sourceSlices.ts'
import type { Encoding } from './testing/dicomBytes.ts'
import { openVolumeForTest, scanForTest } from './testing/openForTest.ts'
import { probeHu } from './testing/probe.ts'
import { toFile, writeSyntheticSeries, writeSyntheticSlice } from './testing/syntheticDicom.ts'

test('a series is sorted by position, not by file name, and placed in the patient', async () => {
  const { volume, notices } = await openVolumeForTest(writeSyntheticSeries(5))
  expect(volume.size).toEqual([4, 3, 5])
  expect(volume.spacingMm).toEqual([0.7, 0.8, 2])
  expect(volume.originLpsMm).toEqual([-10, -20, 30])
  expect(volume.directionLps).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
  expect([0, 1, 2, 3, 4].map((k) => volume.hu[k * 12])).toEqual([-1000, -900, -800, -700, -600])
  expect(notices).toEqual([])
})

test.each<Encoding>(['explicit', 'implicit', 'big-endian', 'deflated'])(
  '%s pixels become slope · stored + intercept once',
  async (encoding) => {
    const files = writeSyntheticSeries(3, { encoding, stored: undefined, slope: 2, intercept: -1000 })
    const { volume } = await openVolumeForTest(files)
    expect([...volume.hu.subarray(0, 4)]).toEqual([-1000, -998, -996, -994])
  },
)

test('signed pixels, padding and overlay bits are read as the header says', async () => {
  const signed = writeSyntheticSeries(3, {
    signed: true,
    intercept: 0,
    stored: [-1000, -2000, 40, 32767, 0, 0, 0, 0, 0, 0, 0, 0],
    elements: { '00280120': ['SS', [-2000]] },
  })
  expect([...(await openVolumeForTest(signed)).volume.hu.subarray(0, 4)]).toEqual([-1000, -1024, 40, 32767])
  const twelveBits = writeSyntheticSeries(3, {
    intercept: -1024,
    stored: [0xf000 | 24, 24, 0x0fff, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    elements: { '00280101': ['US', [12]], '00280102': ['US', [11]] },
  })
  expect([...(await openVolumeForTest(twelveBits)).volume.hu.subarray(0, 4)]).toEqual([-1000, -1000, 3071, -1024])
})

test('files without extension, without preamble and without file meta are recognised', async () => {
  const part = (n: number) => ({ positionLpsMm: [0, 0, n] as const, stored: new Array<number>(12).fill(24) })
  const files = [
    toFile('IM1', writeSyntheticSlice({ ...part(0), withMeta: false })),
    toFile('IM2', writeSyntheticSlice({ ...part(1), withMeta: false, encoding: 'implicit' })),
    toFile('IM3', writeSyntheticSlice(part(2))),
    toFile('IM4', writeSyntheticSlice(part(3)).slice(132)),
  ]
  const { volume } = await openVolumeForTest(files)
  expect(volume.size).toEqual([4, 3, 4])
  expect(new Set(volume.hu)).toEqual(new Set([-1000]))
})

test('a coronal series keeps its own axes', async () => {
  const files = [0, 1, 2].map((n) =>
    toFile(
      `${n}.dcm`,
      writeSyntheticSlice({
        orientation: [1, 0, 0, 0, 0, -1],
        positionLpsMm: [0, 5 * n, 100],
        stored: new Array<number>(12).fill(24 + n),
      }),
    ),
  )
  const { volume } = await openVolumeForTest(files)
  expect(volume.directionLps[2].map((value) => value + 0)).toEqual([0, 1, 0])
  expect(probeHu(volume, [0.7, 10, 99.2])).toBe(-998)
})

test('private blocks larger than the first read do not hide the pixels', async () => {
  const files = writeSyntheticSeries(3, { elements: { '00091010': ['OB', new Uint8Array(40_000)] } })
  expect((await openVolumeForTest(files)).volume.size).toEqual([4, 3, 3])
})

test('enhanced multi-frame CT opens from one file', async () => {
  const frames = [2, 0, 1]
  const bytes = writeSyntheticSlice({
    stored: frames.flatMap((n) => new Array<number>(12).fill(24 + 10 * n)),
    elements: {
      '00280008': ['IS', '3'],
      '00200032': null,
      '00200037': null,
      '00280030': null,
      '52009229': [
        'SQ',
        [
          {
            '00209116': ['SQ', [{ '00200037': ['DS', '1\\0\\0\\0\\1\\0'] }]],
            '00289110': ['SQ', [{ '00280030': ['DS', '0.8\\0.7'], '00180050': ['DS', '3'] }]],
          },
        ],
      ],
      '52009230': [
        'SQ',
        frames.map((n) => ({ '00209113': ['SQ', [{ '00200032': ['DS', `0\\0\\${3 * n}`] }]] }) as const),
      ],
    },
  })
  const { volume } = await openVolumeForTest([toFile('enhanced.dcm', bytes)])
  expect(volume.size).toEqual([4, 3, 3])
  expect(volume.spacingMm).toEqual([0.7, 0.8, 3])
  expect([0, 1, 2].map((k) => volume.hu[12 * k])).toEqual([-1000, -990, -980])
  // Sorted by place: the frames' own numbers in the file stay theirs.
  expect([0, 1, 2].map((k) => slicesOfLayer(volume, k)[0].frameNumber)).toEqual([2, 3, 1])
})

test('two series in one folder are two series, the chest first', async () => {
  const chest = writeSyntheticSeries(120, { seriesUid: '1.1', description: 'Thorax 1.0 Br40' })
  const head = writeSyntheticSeries(30, { seriesUid: '1.2', description: 'Head 5.0' })
  const { series, problems } = await scanForTest([...head, ...chest])
  expect(series.map((entry) => [entry.summary.title, entry.summary.sliceCount])).toEqual([
    ['Thorax 1.0 Br40', 120],
    ['Head 5.0', 30],
  ])
  expect(series[0].summary.chestScore).toBeGreaterThan(series[1].summary.chestScore)
  expect(series[0].summary.reason).toContain('covers 240 mm')
  expect(problems).toEqual([])
})

test('a localiser with the UID of the series stays apart and is not opened', async () => {
  const scout = toFile(
    'scout.dcm',
    writeSyntheticSlice({ imageType: 'ORIGINAL\\PRIMARY\\LOCALIZER', orientation: [0, 1, 0, 0, 0, -1] }),
  )
  const { series, problems } = await scanForTest([scout, ...writeSyntheticSeries(4)])
  expect(series.map((entry) => [entry.summary.sliceCount, entry.refusal?.code])).toEqual([
    [4, undefined],
    [1, 'localiser'],
  ])
  expect(series[1].summary.chestScore).toBeLessThanOrEqual(0)
  expect(problems).toEqual([])
})

test('the same files dropped twice count once', async () => {
  const files = writeSyntheticSeries(4)
  const { volume, notices } = await openVolumeForTest([...files, ...files])
  expect(volume.size[2]).toBe(4)
  expect(notices).toEqual([])
})

test('two phases at the same places become two series where acquisition numbers tell them apart', async () => {
  const phase = (acquisitionNumber: number, sopInstanceUid: string) =>
    [0, 1, 2].map((n) =>
      toFile(
        `${acquisitionNumber}-${n}.dcm`,
        writeSyntheticSlice({ positionLpsMm: [0, 0, n], acquisitionNumber, sopInstanceUid: `${sopInstanceUid}.${n}` }),
      ),
    )
  const { series } = await scanForTest([...phase(1, '9.1'), ...phase(2, '9.2')])
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([3, 3])
  expect(new Set(series.map((entry) => entry.summary.id)).size).toBe(2)
})

test('series names in UTF-8 are read', async () => {
  const files = writeSyntheticSeries(3, { description: '胸部 CT', elements: { '00080005': ['CS', 'ISO_IR 192'] } })
  expect((await scanForTest(files)).series[0].summary.title).toBe('胸部 CT')
})
