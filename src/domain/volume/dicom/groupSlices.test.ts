import { expect, test } from 'vitest'
import { openVolumeForTest, scanForTest } from '../testing/openForTest.ts'
import { type SyntheticSlice, toFile, writeSyntheticSeries } from '../testing/syntheticDicom.ts'

interface Scan extends SyntheticSlice {
  /** Stored value of every voxel: whose they are. */
  readonly value: number
  readonly folder?: string
  readonly startMm?: number
  readonly spacingMm?: number
  readonly prefix?: string
}

/** Six slices of one scan, all voxels of one value. Scans share their UIDs, SOP Instance UIDs included. */
function scan({ value, folder = 'cd', startMm = 0, spacingMm = 2, prefix = '', ...part }: Scan): Promise<File[]> {
  const files = Array.from({ length: 6 }, (_, n) =>
    writeSyntheticSeries(1, {
      stored: new Array<number>(12).fill(value + 1024),
      positionLpsMm: [0, 0, startMm + n * spacingMm],
      sopInstanceUid: `1.2.3.4.${n + 1}`,
      ...part,
    }),
  ).flat()
  return Promise.all(
    files.map(async (file, n) => toFile(`${folder}/${prefix}${n}.dcm`, new Uint8Array(await file.arrayBuffer()))),
  )
}

const PATIENT = '00100020'
const owner = (elements: SyntheticSlice['elements']): SyntheticSlice['elements'] => ({
  [PATIENT]: ['LO', 'P-1'],
  '00100010': ['PN', 'Roe^Richard'],
  '00100030': ['DA', '19500101'],
  '00100040': ['CS', 'M'],
  '0020000d': ['UI', '1.7'],
  '00080020': ['DA', '20240101'],
  '00080050': ['SH', 'A1'],
  ...elements,
})

const valuesOf = async (files: readonly File[], index: number) =>
  [...new Set((await openVolumeForTest(files, index)).volume.hu)].sort((a, b) => a - b)

test.each<[string, SyntheticSlice['elements']]>([
  ['Patient ID', { [PATIENT]: ['LO', 'P-2'] }],
  ['patient name', { '00100010': ['PN', 'Doe^Jane'] }],
  ['birth date', { '00100030': ['DA', '19610203'] }],
  ['sex', { '00100040': ['CS', 'F'] }],
  ['Study UID', { '0020000d': ['UI', '1.8'] }],
  ['study date', { '00080020': ['DA', '20240909'] }],
  ['accession number', { '00080050': ['SH', 'A2'] }],
])('slices of another %s are never one volume, and it is told by files', async (_, other) => {
  // Between one another, as the slices of two people lay before: 1 mm apart, each 2 mm.
  const files = [
    ...(await scan({ value: -800, elements: owner({}), prefix: 'a' })),
    ...(await scan({ value: 40, startMm: 1, elements: owner(other), prefix: 'b' })),
  ]
  const { series, problems } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6, 6])
  expect(new Set([await valuesOf(files, 0), await valuesOf(files, 1)].flat())).toEqual(new Set([-800, 40]))
  expect((await valuesOf(files, 0)).length).toBe(1)
  expect(problems.map((problem) => problem.code)).toEqual(['series-of-several-patients'])
  expect(problems[0].message).toContain('cd/a0.dcm and 5 more files; cd/b0.dcm and 5 more files')
  expect(problems[0].message).not.toMatch(/Roe|Doe|P-1|P-2/)
})

test('different patients under one Series UID have different ids', async () => {
  const files = [
    ...(await scan({ value: -800, elements: owner({}), prefix: 'a' })),
    ...(await scan({ value: 40, elements: owner({ [PATIENT]: ['LO', 'P-2'] }), prefix: 'b' })),
  ]
  const { series } = await scanForTest(files)
  expect(new Set(series.map((entry) => entry.studyId)).size).toBe(2)
})

test('a study date that some slices leave out parts nothing', async () => {
  const files = await scan({ value: 40, elements: owner({}) })
  const undated = await scan({
    value: 40,
    startMm: 12,
    sopInstanceUid: '',
    elements: owner({ '00080020': null }),
    prefix: 'u',
  })
  const { series, problems } = await scanForTest([...files, ...undated])
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([12])
  expect(problems).toEqual([])
})

const ANONYMOUS = { [PATIENT]: ['LO', 'ANONYMOUS'], '0020000d': ['UI', '1.7'] } satisfies SyntheticSlice['elements']

test.each<[string, Partial<Scan>, Partial<Scan>]>([
  ['folder', { folder: 'x/one' }, { folder: 'x/two' }],
  ['folder, slices between one another', { folder: 'x/one' }, { folder: 'x/two', startMm: 1 }],
  ['names of the files', { prefix: 'a-' }, { prefix: 'b-' }],
  ['frame of reference', {}, { prefix: 'b', elements: { ...ANONYMOUS, '00200052': ['UI', '1.99'] } }],
  ['time of the series', {}, { prefix: 'b', elements: { ...ANONYMOUS, '00080031': ['TM', '1215'] } }],
  ['series number', {}, { prefix: 'b', elements: { ...ANONYMOUS, '00200011': ['IS', '7'] } }],
  ['kernel', {}, { prefix: 'b', elements: { ...ANONYMOUS, '00181210': ['SH', 'B70f'] } }],
  ['matrix', {}, { prefix: 'b', columns: 6, rows: 2 }],
])('anonymised scans of equal UIDs are told apart by %s', async (_, one, other) => {
  const files = [
    ...(await scan({ value: -800, elements: ANONYMOUS, ...one })),
    ...(await scan({ value: 40, elements: ANONYMOUS, ...other })),
  ]
  const { series } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6, 6])
  expect(new Set(series.map((entry) => entry.summary.id)).size).toBe(2)
  expect([await valuesOf(files, 0), await valuesOf(files, 1)].sort()).toEqual([[-800], [40]])
})

test('anonymised scans that differ in SOP Instance UIDs alone are told apart, and it is told', async () => {
  const sops = (root: string) => (n: number) => `${root}.${n + 1}`
  const flat = async (value: number, root: string, first: number) => {
    const files = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        scan({ value, startMm: 2 * n, spacingMm: 0, sopInstanceUid: sops(root)(n), elements: ANONYMOUS }),
      ),
    )
    return Promise.all(
      files.map(async ([file], n) => toFile(`cd/${first + n}.dcm`, new Uint8Array(await file.arrayBuffer()))),
    )
  }
  const files = [...(await flat(-800, '1.5', 1)), ...(await flat(40, '1.6', 7))]
  const { series, problems } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6, 6])
  expect(problems.map((problem) => problem.code)).toEqual(['series-of-several-scans'])
  expect([await valuesOf(files, 0), await valuesOf(files, 1)].sort()).toEqual([[-800], [40]])
})

test('anonymised scans of one id, opened one after the other, differ in their content', async () => {
  const [a, b] = [
    await openVolumeForTest(await scan({ value: -800, elements: ANONYMOUS })),
    await openVolumeForTest(await scan({ value: 40, elements: ANONYMOUS })),
  ]
  expect(b.key.id).toBe(a.key.id)
  expect(b.key.content).not.toBe(a.key.content)
})

test('where the Patient ID names nobody, name and birth date stand in for it', async () => {
  const named = async (name: string) =>
    (await openVolumeForTest(await scan({ value: 40, elements: { ...ANONYMOUS, '00100010': ['PN', name] } }))).key.id
  expect(await named('Roe^Richard')).not.toBe(await named('Doe^Jane'))
})

test('a series that an export cut into folders one behind the other stays one', async () => {
  const files = [
    ...(await scan({ value: 40, folder: 'S00' })),
    ...(await scan({ value: 40, folder: 'S10', startMm: 12, sopInstanceUid: '' })),
  ]
  const { series, problems } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([12])
  expect(problems).toEqual([])
})

test('the same files in two folders count once', async () => {
  const files = [...(await scan({ value: 40, folder: 'a' })), ...(await scan({ value: 40, folder: 'b' }))]
  const { series, problems } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([6])
  expect(problems).toEqual([])
})
