import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { FORMATS } from './formats.ts'
import { scanFiles } from './scanFiles.ts'
import { toSourceFiles } from './sourceFile.ts'
import { openForTest, scanForTest, TEST_SALT } from './testing/openForTest.ts'
import { toFile, writeSyntheticSeries, writeSyntheticSlice } from './testing/syntheticDicom.ts'
import { writeSyntheticNifti } from './testing/syntheticNifti.ts'
import { SNIFF_BYTES } from './volumeFormat.ts'

const text = (line: string) => new TextEncoder().encode(line.repeat(60))

test.each<[string, Uint8Array, readonly string[]]>([
  ['DICOM with its preamble', writeSyntheticSlice(), ['dicom image']],
  ['DICOM that begins with its file meta', writeSyntheticSlice().slice(132), ['dicom image']],
  ['bare explicit DICOM', writeSyntheticSlice({ withMeta: false }), ['dicom image']],
  ['bare implicit DICOM', writeSyntheticSlice({ withMeta: false, encoding: 'implicit' }), ['dicom image']],
  ['NIfTI-1', writeSyntheticNifti(), ['nifti image']],
  ['NIfTI-1, big endian', writeSyntheticNifti({ bigEndian: true }), ['nifti image']],
  ['the header of a pair', writeSyntheticNifti({ magic: 'ni1' }), ['nifti image']],
  ['gzip', gzipSync(writeSyntheticNifti()), []],
  ['text', text('Dear colleague '), []],
  ['nothing', new Uint8Array(0), []],
  ['an empty zip', Uint8Array.of(0x50, 0x4b, 5, 6), []],
])('%s is known by one format at most, by its first bytes', (_, bytes, expected) => {
  const head = bytes.subarray(0, SNIFF_BYTES)
  const known = FORMATS.flatMap(({ name, sniff }) => (sniff(head) ? [`${name} ${sniff(head)}`] : []))
  expect(known).toEqual(expected)
})

test('a DICOMDIR is a directory under any name', async () => {
  const directory = writeSyntheticSlice({ transferSyntaxUid: '1.2.840.10008.1.3.10' })
  expect(FORMATS[0].sniff(directory.subarray(0, SNIFF_BYTES))).toBe('directory')
  const { series, problems } = await scanForTest([toFile('index', directory), ...writeSyntheticSeries(3)])
  expect([series.length, problems.length]).toEqual([1, 0])
  const alone = await scanForTest([toFile('index', directory)])
  expect(alone.problems.map(({ code, nextStep }) => [code, nextStep])).toEqual([
    ['dicom-directory', 'Drop the folder that it lists: the whole disc, with its images.'],
  ])
})

test('every format lists and loads a drop of all of them', async () => {
  const files = [toFile('a.nii', writeSyntheticNifti()), ...writeSyntheticSeries(3)]
  const { series } = await scanForTest(files)
  expect(series.map((entry) => entry.source.format).sort()).toEqual(FORMATS.map((format) => format.name).sort())
  const opened = await Promise.all(series.map((_, n) => openForTest(files, n)))
  expect(opened.map((one) => one.ok)).toEqual([true, true])
})

test('every file is counted twice: looked at, and read by its format', async () => {
  const files = [toFile('a.nii', writeSyntheticNifti()), ...writeSyntheticSeries(3)]
  const reported: string[] = []
  await scanFiles(toSourceFiles(files), {
    salt: TEST_SALT,
    onProgress: (label, fraction) => reported.push(`${label} ${fraction}`),
  })
  const shares = [0.25, 0.5, 0.75, 1]
  expect(reported).toEqual(
    ['Looking through files', 'Reading headers'].flatMap((label) => shares.map((n) => `${label} ${n}`)),
  )
})
