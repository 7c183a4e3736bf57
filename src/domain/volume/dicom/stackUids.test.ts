import { expect, test } from 'vitest'
import { openVolumeForTest, scanForTest } from '../testing/openForTest.ts'
import { type SyntheticSlice, toFile, writeSyntheticSlice } from '../testing/syntheticDicom.ts'

interface Stack {
  readonly count?: number
  readonly startMm?: number
  readonly stepMm?: number
  readonly folder?: string
  /** HU of slice n. */
  readonly huOf?: (n: number) => number
  readonly partOf?: (n: number) => SyntheticSlice
}

const STUDY = { '0020000d': ['UI', '1.7'], '00100020': ['LO', 'P-1'] } as const

function write({ count = 6, startMm = 0, stepMm = 5, folder = 'cd', huOf, partOf }: Stack): File[] {
  return Array.from({ length: count }, (_, n) => {
    const { elements, ...part } = partOf?.(n) ?? {}
    const hu = huOf?.(n) ?? 10 * (startMm + n * stepMm) - 1000
    const bytes = writeSyntheticSlice({
      stored: new Array<number>(12).fill(hu + 1024),
      positionLpsMm: [0, 0, startMm + n * stepMm],
      sopInstanceUid: `1.9.${startMm}.${n}`,
      ...part,
      elements: { ...STUDY, ...elements },
    })
    return toFile(`${folder}/${startMm}-${n}.dcm`, bytes)
  })
}

const huOfLayers = async (files: readonly File[], index = 0) => {
  const { hu, size } = (await openVolumeForTest(files, index)).volume
  return Array.from({ length: size[2] }, (_, k) => hu[12 * k])
}
const RAMP = [-1000, -950, -900, -850, -800, -750]

test('a series whose tilts lie on both sides of any rounded number is one series of twelve', async () => {
  for (const tilt of [0.01, 0.03, 0.0098, 0.2, 0.35, 0.0001]) {
    const files = write({
      count: 12,
      partOf: (n) => {
        const s = tilt + (n % 2 === 0 ? 1e-4 : -1e-4)
        return { orientation: [1, 0, 0, 0, Math.sqrt(1 - s * s), s] }
      },
    })
    const { series } = await scanForTest(files)
    expect(
      series.map((entry) => entry.summary.sliceCount),
      `tilt ${tilt}`,
    ).toEqual([12])
    expect((await openVolumeForTest(files)).volume.missing).toEqual([])
  }
})

test('noise of positions and spacings on both sides of a rounded number parts nothing', async () => {
  const files = write({
    count: 12,
    partOf: (n) => ({
      positionLpsMm: [10.05 + (n % 2 === 0 ? 0.002 : -0.002), 0, 5 * n],
      elements: { '00280030': ['DS', n % 2 === 0 ? '0.70314\\0.70314' : '0.70316\\0.70316'] },
    }),
  })
  const { series } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([12])
  expect((await openVolumeForTest(files)).notices).toEqual([])
})

test('planes that really differ are series of their own', async () => {
  const axial = write({})
  const tilted = write({ startMm: 200, partOf: () => ({ orientation: [1, 0, 0, 0, Math.cos(0.1), Math.sin(0.1)] }) })
  const { series } = await scanForTest([...axial, ...tilted])
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6, 6])
})

test('two slabs of one acquisition each that share a slice are one volume of 41, the duplicate named', async () => {
  const slab = (acquisitionNumber: number, startMm: number) =>
    write({ count: 21, startMm, partOf: () => ({ acquisitionNumber }) })
  const files = [...slab(1, 0), ...slab(2, 100)]
  const { series } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.size?.[2])).toEqual([41])
  const { volume, notices } = await openVolumeForTest(files)
  expect(volume.missing).toEqual([])
  expect(notices.map((notice) => notice.code)).toEqual(['duplicate-slices'])
  expect(notices[0].message).toContain('cd/100-0.dcm')
})

test('two phases of two slabs each are two volumes', async () => {
  const slab = (acquisitionNumber: number, startMm: number, hu: number) =>
    write({
      count: 11,
      startMm,
      folder: `phase${hu}`,
      huOf: () => hu,
      partOf: (n) => ({ acquisitionNumber, sopInstanceUid: `1.9.${acquisitionNumber}.${n}` }),
    })
  const files = [...slab(1, 0, 40), ...slab(2, 50, 40), ...slab(3, 0, 140), ...slab(4, 50, 140)]
  const { series } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.size?.[2])).toEqual([21, 21])
  const values = [await huOfLayers(files, 0), await huOfLayers(files, 1)].map((hu) => [...new Set(hu)])
  expect(values.sort()).toEqual([[140], [40]])
})

test('one SOP Instance UID for all slices of a series loses none of them, and is told', async () => {
  const files = write({ partOf: () => ({ sopInstanceUid: '1.9.9' }) })
  expect(await huOfLayers(files)).toEqual(RAMP)
  const { notices } = await openVolumeForTest(files)
  expect(notices.map((notice) => notice.code)).toEqual(['shared-instance-uids'])
  expect(notices[0].message).toContain('cd/0-0.dcm and 5 more files')
})

test('the same SOP Instance UIDs in two series lose neither', async () => {
  const series = (seriesUid: string, hu: number) =>
    write({ folder: seriesUid, huOf: () => hu, partOf: (n) => ({ seriesUid, sopInstanceUid: `1.9.${n}` }) })
  const files = [...series('1.1', 40), ...series('1.2', -800)]
  const values = [await huOfLayers(files, 0), await huOfLayers(files, 1)].map((hu) => [...new Set(hu)])
  expect(values.sort()).toEqual([[-800], [40]])
})

test('a Series UID of its own for every slice makes one stack by study and place, and is told', async () => {
  const files = write({ partOf: (n) => ({ seriesUid: `1.4.${n}` }) })
  const { series } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6])
  expect(await huOfLayers(files)).toEqual(RAMP)
  const { notices } = await openVolumeForTest(files)
  expect(notices.map((notice) => notice.code)).toEqual(['series-uid-a-slice'])
})

test('no Series UID makes one stack, also of files that lie in a folder each, and is told', async () => {
  for (const folder of [() => 'cd', (n: number) => `cd/${n}`]) {
    const plain = write({ partOf: () => ({ elements: { '0020000e': null } }) })
    const files = await Promise.all(
      plain.map(async (file, n) => toFile(`${folder(n)}/${file.name}`, new Uint8Array(await file.arrayBuffer()))),
    )
    const { series } = await scanForTest(files)
    expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6])
    expect(await huOfLayers(files)).toEqual(RAMP)
    const { notices } = await openVolumeForTest(files)
    expect(notices.map((notice) => notice.code)).toEqual(['no-series-uid'])
  }
})

test.each<[string, SyntheticSlice['elements']]>([
  ['patients', { '00100020': ['LO', 'P-2'] }],
  ['studies', { '0020000d': ['UI', '1.8'] }],
])('without sound Series UIDs slices of different %s still make no volume', async (_, other) => {
  for (const uidOf of [() => null, (n: number) => ['UI', `1.4.${n}`] as const]) {
    const own = write({ huOf: () => 40, partOf: (n) => ({ elements: { '0020000e': uidOf(n) } }) })
    const foreign = write({
      huOf: () => -800,
      startMm: 1,
      partOf: (n) => ({ elements: { '0020000e': uidOf(100 + n), ...other } }),
    })
    const files = [...own, ...foreign]
    const { series } = await scanForTest(files)
    expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6, 6])
    const values = [await huOfLayers(files, 0), await huOfLayers(files, 1)].map((hu) => [...new Set(hu)])
    expect(values.sort()).toEqual([[-800], [40]])
  }
})

test('without any UID and study the folders keep patients apart', async () => {
  const bare = { '0020000e': null, '0020000d': null, '00100020': null } as const
  const files = [
    ...write({ folder: 'a', huOf: () => 40, partOf: () => ({ elements: bare }) }),
    ...write({ folder: 'b', huOf: () => -800, startMm: 30, partOf: () => ({ elements: bare }) }),
  ]
  const { series } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6, 6])
})

test('a slice of equal header and other pixels is no copy, wherever in the picture they differ', async () => {
  for (const at of [0, 5, 11]) {
    const [first, ...rest] = write({})
    const bytes = new Uint8Array(await first.arrayBuffer())
    bytes[bytes.length - 24 + 2 * at] ^= 1
    const { notices } = await openVolumeForTest([first, ...rest, toFile('other/0.dcm', bytes)])
    expect(notices.map((notice) => notice.code)).toEqual(['duplicate-slices'])
  }
})

test('a copy without a SOP Instance UID counts once', async () => {
  const bare = () => write({ partOf: () => ({ elements: { '00080018': null } }) })
  const copies = await Promise.all(
    bare().map(async (file) => toFile(`copy/${file.name}`, new Uint8Array(await file.arrayBuffer()))),
  )
  const { volume, notices } = await openVolumeForTest([...bare(), ...copies])
  expect(volume.size[2]).toBe(6)
  expect(notices).toEqual([])
})

test.each([
  ['10^30 mm up', [0, 0, 1e30]],
  ['10 m to the side', [10_000, 0, 30]],
  ['10 m to the back', [0, 10_000, 12]],
] as const)(
  'a slice at a wild place (%s) is left out by name, and the rest opens as it is',
  async (_, positionLpsMm) => {
    const wild = toFile(
      'cd/wild.dcm',
      writeSyntheticSlice({ positionLpsMm, sopInstanceUid: '1.9.99', elements: STUDY }),
    )
    const { volume, notices } = await openVolumeForTest([...write({}), wild])
    expect(volume.size).toEqual([4, 3, 6])
    expect(volume.missing).toEqual([])
    expect(notices.map((notice) => notice.code)).toEqual(['slices-far-off'])
    expect(notices[0].message).toContain('cd/wild.dcm')
  },
)

test('a series of wild places only is refused for what it is', async () => {
  const files = write({ count: 20, partOf: (n) => ({ positionLpsMm: [(n * 370) % 1000, (n * 910) % 1000, 5 * n] }) })
  const { series } = await scanForTest(files)
  expect(series.map((entry) => entry.refusal?.code)).toEqual(['scattered-slices'])
  expect(series[0].refusal?.message).toContain('cd/0-0.dcm and 19 more files')
})

test('slices of equal bytes and another intercept are no copies', async () => {
  const [first, ...rest] = write({})
  const other = writeSyntheticSlice({
    stored: new Array<number>(12).fill(24),
    positionLpsMm: [0, 0, 0],
    sopInstanceUid: '1.9.0.0',
    intercept: -1000,
    elements: STUDY,
  })
  const { notices } = await openVolumeForTest([first, ...rest, toFile('other/0.dcm', other)])
  expect(notices.map((notice) => notice.code)).toEqual(['duplicate-slices'])
})

test('hundreds of slices of one header are told apart by their pixels', async () => {
  const stored = new Array<number>(64 * 64).fill(0)
  const files = Array.from({ length: 300 }, (_, n) => {
    stored[n] = n + 1
    return toFile(`cd/${n}.dcm`, writeSyntheticSlice({ columns: 64, rows: 64, stored, sopInstanceUid: '1.9.9' }))
  })
  const { series } = await scanForTest([...files, ...files])
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([300])
})
