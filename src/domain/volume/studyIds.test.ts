import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { decodeRle } from './dicom/codestream/rle.ts'
import { scanFiles } from './scanFiles.ts'
import { toSourceFiles } from './sourceFile.ts'
import { SYNTAX, toEncapsulated } from './testing/encapsulate.ts'
import { encodeRle } from './testing/encodeRle.ts'
import { openForTest, openVolumeForTest, scanForTest } from './testing/openForTest.ts'
import { type SyntheticSlice, toFile, writeSyntheticSeries, writeSyntheticSlice } from './testing/syntheticDicom.ts'
import { type SyntheticNifti, writeSyntheticNifti } from './testing/syntheticNifti.ts'

const ID_PATTERN = /^study-[0-9a-f]{32}$/

const elements = (patientId: string, studyUid: string, more: SyntheticSlice['elements'] = {}) => ({
  '00100020': ['LO', patientId] as const,
  '0020000d': ['UI', studyUid] as const,
  ...more,
})
const chest = (part: SyntheticSlice = {}) =>
  writeSyntheticSeries(4, { acquisitionNumber: 2, elements: elements('P-17', '1.7'), ...part })
const scout = () =>
  toFile(
    'a-scout.dcm',
    writeSyntheticSlice({
      imageType: 'ORIGINAL\\PRIMARY\\LOCALIZER',
      orientation: [0, 1, 0, 0, 0, -1],
      acquisitionNumber: 1,
      elements: elements('P-17', '1.7'),
    }),
  )
const keyOf = async (files: readonly File[], index = 0) => (await openVolumeForTest(files, index)).key

test('the id of a DICOM series is a salted hash that names neither patient nor series', async () => {
  const { volume, key } = await openVolumeForTest(chest())
  expect(key.id).toMatch(ID_PATTERN)
  expect(volume.id).toBe(key.id)
  expect(key.content).toMatch(/^[0-9a-f]{32}$/)
  expect(key.legacyId).toBe('1.2.3.4')
})

test('a chest has one id with and without its localiser, where 0.3.0 gave it the id of the localiser', async () => {
  const [alone, together] = [await keyOf(chest()), await keyOf([scout(), ...chest()])]
  expect(together.id).toBe(alone.id)
  expect(together.content).toBe(alone.content)
  expect([alone.legacyId, together.legacyId]).toEqual(['1.2.3.4', '1.2.3.4~2'])
})

test('patient, study, series and part each make another id', async () => {
  const variants = [
    chest(),
    chest({ elements: elements('P-18', '1.7') }),
    chest({ elements: elements('P-17', '1.8') }),
    chest({ seriesUid: '1.2.3.5' }),
    chest({ acquisitionNumber: 3 }),
    chest({ imageType: 'DERIVED\\SECONDARY\\MPR' }),
  ]
  const ids = await Promise.all(variants.map(async (files) => (await keyOf(files)).id))
  expect(new Set(ids).size).toBe(variants.length)
})

test('id and content do not depend on the order of the drop, the names of the files or their encoding', async () => {
  const [plain, ...others] = await Promise.all([
    keyOf(chest()),
    keyOf([...chest()].reverse()),
    keyOf(chest({ encoding: 'implicit' })),
    keyOf(chest({ encoding: 'deflated' })),
    keyOf(chest({ encoding: 'big-endian' })),
    keyOf(await rename(chest(), (n) => `elsewhere/IM${n}`)),
  ])
  expect(others).toEqual(others.map(() => plain))
})

test('a lossless codec changes neither id nor content', async () => {
  const stored = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1000]
  const pixels = toEncapsulated([encodeRle(Uint16Array.from(stored))])
  const part = { transferSyntaxUid: SYNTAX.rle, elements: elements('P-17', '1.7', { '7fe00010': ['OB', pixels] }) }
  const compressed = await rename(chest(part), (n) => `series/${999 - n}.dcm`)
  const opened = await openForTest(compressed, 0, async ({ bytes, format }) => decodeRle(bytes, format))
  expect(opened.ok && opened.value.key).toEqual(await keyOf(chest({ stored })))
})

test('other voxels, or the same voxels elsewhere, are other content under the same id', async () => {
  const plain = await keyOf(chest())
  const brighter = await keyOf(chest({ stored: new Array<number>(12).fill(500) }))
  const moved = await keyOf(chest({ elements: elements('P-17', '1.7', { '00280030': ['DS', '0.8\\0.71'] }) }))
  const stretched = await keyOf(
    writeSyntheticSeries(4, { acquisitionNumber: 2, elements: elements('P-17', '1.7') }, 2.5),
  )
  expect([brighter.id, stretched.id]).toEqual([plain.id, plain.id])
  expect(new Set([plain, brighter, moved, stretched].map((key) => key.content)).size).toBe(4)
})

test('the same scan has other ids on a device with another salt', async () => {
  const scan = async (salt: string) =>
    (await scanFiles(toSourceFiles(chest()), { salt, onProgress: () => undefined })).series[0].studyId
  expect(await scan('one')).toMatch(ID_PATTERN)
  expect(await scan('one')).not.toBe(await scan('two'))
})

test('files without a series UID make one series, known by its content', async () => {
  const withoutUid = (part: SyntheticSlice = {}) => chest({ ...part, elements: { '0020000e': null } })
  const key = await keyOf(withoutUid())
  expect(key.id).toMatch(ID_PATTERN)
  expect(await keyOf(await rename(withoutUid(), (n) => `other/${n}.dcm`))).toMatchObject({ id: key.id })
  expect((await keyOf(withoutUid({ stored: new Array<number>(12).fill(9) }))).id).not.toBe(key.id)
})

test('series without a UID are told apart by folder, number and name', async () => {
  const part = (folder: string, number: string, value: number) =>
    rename(
      chest({ stored: new Array<number>(12).fill(value), elements: { '0020000e': null, '00200011': ['IS', number] } }),
      (n) => `${folder}/${n}.dcm`,
    )
  const files = await Promise.all([part('a', '2', 1), part('a', '3', 2), part('b', '2', 3)])
  const { series } = await scanForTest(files.flat())
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([4, 4, 4])
})

const nifti = (options: SyntheticNifti = {}, path = 'scan.nii') => toFile(path, writeSyntheticNifti(options))
const brighter: SyntheticNifti = { writeVoxel: (view, at, n, le) => view.setInt16(at, n === 59 ? 41 : n - 1000, le) }

test('two NIfTI files of one name and length are two studies, down to one voxel', async () => {
  const [a, b] = [await keyOf([nifti()]), await keyOf([nifti(brighter)])]
  expect(a.id).toMatch(ID_PATTERN)
  expect(b.id).not.toBe(a.id)
  expect(b.content).not.toBe(a.content)
  expect([a.legacyId, b.legacyId]).toEqual(['nifti-scan.nii-472', 'nifti-scan.nii-472'])
})

test('a NIfTI has one id under another name and packed, and another with another header', async () => {
  const key = await keyOf([nifti()])
  const packed = toFile('Müller, Jan/other.nii.gz', new Uint8Array(gzipSync(writeSyntheticNifti())))
  expect(await keyOf([packed])).toMatchObject({ id: key.id, content: key.content })
  expect((await keyOf([nifti({ spacingMm: [1, 1, 2] })])).id).not.toBe(key.id)
  expect((await keyOf([packed])).legacyId).toBe(`nifti-Müller_Jan_other.nii.gz-${packed.size}`)
})

test('entries of the list are distinct and hold no name, not even of a file given twice', async () => {
  const named = { elements: elements('Q-99', '1.7', { '00100010': ['PN', 'Roe^Richard'] }) }
  const files = [nifti({}, 'Roe/Q-99.nii'), nifti({}, 'Roe/Q-99.nii'), ...chest(named), scout()]
  const ids = (await scanForTest(files)).series.map((entry) => entry.summary.id)
  expect(new Set(ids).size).toBe(4)
  for (const id of ids) expect(id).toMatch(/^listed-[0-9a-f]{32}(-2)?$/)
})

test('of a series that cannot be opened the identity is told, too', async () => {
  const files = chest({ modality: 'MR' })
  const { series } = await scanForTest(files)
  expect(series[0].summary.identity).toMatchObject({ patientId: 'P-17', studyUid: '1.7', modality: 'MR' })
  expect((await openForTest(files)).ok).toBe(false)
})

async function rename(files: readonly File[], toPath: (n: number) => string): Promise<File[]> {
  return Promise.all(files.map(async (file, n) => toFile(toPath(n), new Uint8Array(await file.arrayBuffer()))))
}
