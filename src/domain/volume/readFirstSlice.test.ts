import { expect, it } from 'vitest'
import type { DicomSource } from './dicom/dicomSource.ts'
import { findSeriesOf, readFirstSlice } from './readFirstSlice.ts'
import { toSourceFiles } from './sourceFile.ts'
import { SYNTAX, toEncapsulated } from './testing/encapsulate.ts'
import { encodeRle } from './testing/encodeRle.ts'
import { scanForTest } from './testing/openForTest.ts'
import { type SyntheticSlice, toFile, writeSyntheticSeries, writeSyntheticSlice } from './testing/syntheticDicom.ts'

const neverAsked = async () => {
  throw new Error('nothing here is compressed')
}

const readOf = (slice: SyntheticSlice) =>
  readFirstSlice(toSourceFiles([toFile('one.dcm', writeSyntheticSlice(slice))]), neverAsked)

/** Columns of the first and last row of a 4 × 3 slice, whose stored values count up. */
const edgesOf = (hu: Int16Array | undefined) => [hu?.slice(0, 4), hu?.slice(8)].map((row) => [...(row ?? [])])

it('gives the middle slice of a drop in HU, with the title and the spacing of its own file', async () => {
  const files = writeSyntheticSeries(5)
  const slice = await readFirstSlice(toSourceFiles(files.toReversed()), neverAsked)
  expect(slice).toMatchObject({ title: 'Chest 1.0', size: [4, 3], spacingMm: [0.7, 0.8] })
  expect(slice?.path).toBe(
    toSourceFiles(files)
      .map(({ path }) => path)
      .sort()[2],
  )
  expect(slice?.hu.length).toBe(12)
})

it.each([
  ['as it lies', [1, 0, 0, 0, 1, 0], [-1024, -1023, -1022, -1021], [-1016, -1015, -1014, -1013]],
  ['prone', [-1, 0, 0, 0, -1, 0], [-1013, -1014, -1015, -1016], [-1021, -1022, -1023, -1024]],
  ['columns to the right', [-1, 0, 0, 0, 1, 0], [-1021, -1022, -1023, -1024], [-1013, -1014, -1015, -1016]],
  ['rows to the front', [1, 0, 0, 0, -1, 0], [-1016, -1015, -1014, -1013], [-1024, -1023, -1022, -1021]],
])(
  'turns it so that the right of the patient is on the left and the front on top: %s',
  async (_, orientation, first, last) => {
    expect(edgesOf((await readOf({ orientation }))?.hu)).toEqual([first, last])
  },
)

it.each<[string, SyntheticSlice]>([
  ['coronal', { orientation: [1, 0, 0, 0, 0, -1] }],
  ['of another modality', { modality: 'MR' }],
  ['cut off', { stored: [1, 2, 3] }],
  ['with a slope of 0', { slope: 0 }],
  ['without a place', { elements: { '00200032': null } }],
  ['in colour', { elements: { '00280002': ['US', [3]] } }],
])('shows no slice %s', async (_, slice) => {
  expect(await readOf(slice)).toBeNull()
})

it('looks further where the middle file is none, and past files that are no DICOM', async () => {
  const [slice] = writeSyntheticSeries(3)
  const files = [slice, toFile('zz.txt', Uint8Array.of(1, 2, 3))]
  expect((await readFirstSlice(toSourceFiles(files), neverAsked))?.path).toBe(toSourceFiles([slice])[0].path)
  expect(await readFirstSlice([], neverAsked)).toBeNull()
})

it('decodes a compressed slice', async () => {
  const pixels = toEncapsulated([encodeRle(new Uint16Array(12).fill(7))])
  const files = writeSyntheticSeries(3, { transferSyntaxUid: SYNTAX.rle, elements: { '7fe00010': ['OB', pixels] } })
  const slice = await readFirstSlice(toSourceFiles(files), async () => new Uint16Array(12).fill(7))
  expect(new Set(slice?.hu)).toEqual(new Set([-1017]))
})

it('knows which of several series the slice is of, and none where it is of none', async () => {
  const of = (seriesUid: string, folder: string) =>
    writeSyntheticSeries(4, { seriesUid }).map((file) => new File([file], `${folder}-${file.name}`))
  const [lung, soft] = [of('1.2.7', 'a'), of('1.2.8', 'b')]
  const slice = await readFirstSlice(toSourceFiles([...lung, ...soft]), neverAsked)
  if (!slice) throw new Error('no slice')
  const { series } = await scanForTest([...lung, ...soft])
  const owner = series.find(({ summary }) => summary.id === findSeriesOf(slice, series))
  const source = owner?.source as DicomSource | undefined
  expect(source?.slices.map(({ path }) => path)).toContain(slice.path)
  expect(slice.path.startsWith('b-')).toBe(true)
  expect(findSeriesOf(slice, (await scanForTest(lung)).series)).toBeNull()
})
