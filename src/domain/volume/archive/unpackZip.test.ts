import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openVolumeForTest, scanForTest } from '../testing/openForTest.ts'
import { toFile, writeSyntheticSeries } from '../testing/syntheticDicom.ts'
import { writeSyntheticNifti } from '../testing/syntheticNifti.ts'

async function zipSeries(count: number): Promise<Uint8Array<ArrayBuffer>> {
  const entries = await Promise.all(
    writeSyntheticSeries(count).map(async (file) => {
      return [`CT/${file.name}`, new Uint8Array(await file.arrayBuffer())] as const
    }),
  )
  const extra = { 'CT/': new Uint8Array(0), '__MACOSX/._1.dcm': Uint8Array.of(1), 'CT/DICOMDIR': Uint8Array.of(1) }
  return new Uint8Array(zipSync({ ...Object.fromEntries(entries), ...extra }))
}

test('a zip of a series opens like its folder', async () => {
  const files = [toFile('study.zip', await zipSeries(4))]
  const { series, problems } = await scanForTest(files)
  expect(problems).toEqual([])
  expect(series).toHaveLength(1)
  const { volume } = await openVolumeForTest(files)
  expect(volume.size).toEqual([4, 3, 4])
  expect(volume.hu[12]).toBe(-900)
})

test('a NIfTI inside a zip opens, and a zip inside a zip is named', async () => {
  const inner = zipSync({ 'a.txt': Uint8Array.of(1) })
  const bytes = zipSync({ 'scan.nii': writeSyntheticNifti(), 'inner.zip': inner })
  const { series, problems } = await scanForTest([toFile('study.zip', new Uint8Array(bytes))])
  expect(series.map((entry) => entry.summary.title)).toEqual(['scan.nii'])
  expect(problems.map((problem) => problem.message)[0]).toContain('study.zip/inner.zip')
})

test('a zip that is cut off is named and the rest opens', async () => {
  const cut = (await zipSeries(4)).slice(0, 900)
  const { series, problems } = await scanForTest([toFile('study.zip', cut), ...writeSyntheticSeries(3)])
  expect(problems.map((problem) => [problem.code, problem.message.includes('study.zip')])).toEqual([
    ['zip-damaged', true],
  ])
  expect(series).toHaveLength(1)
})
