import { expect, test } from 'vitest'
import { openVolumeForTest } from '../domain/volume/testing/openForTest.ts'
import { writeSyntheticSeries } from '../domain/volume/testing/syntheticDicom.ts'
import { toSliceModules, toVolumeUids } from './sliceMetadata.ts'

const moduleOf = (modules: ReturnType<typeof toSliceModules>, type: string) =>
  modules.find((module) => module.type === type)?.metadata

test('a layer is told under the UIDs of the slice it was read from, and one that lies between two under those of the nearer', async () => {
  const { volume } = await openVolumeForTest(writeSyntheticSeries(5))
  expect(moduleOf(toSliceModules(volume, 3), 'sopCommonModule')).toMatchObject({
    sopClassUID: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUID: expect.stringMatching(/^1\.2\.3\./),
  })
  expect(moduleOf(toSliceModules(volume, 3), 'generalSeriesModule')).toMatchObject({ seriesInstanceUID: '1.2.3.4' })
  expect(toVolumeUids(volume, 'voxct-volume-0')).toMatchObject({ frameOfReferenceUid: '1.2.3.5', seriesUid: '1.2.3.4' })
})

test('a volume without headers overwrites the UIDs that an image id had before', async () => {
  const { volume } = await openVolumeForTest(writeSyntheticSeries(5))
  const bare = { ...volume, sources: { kind: 'none', reason: 'no headers' } as const }
  for (const type of ['sopCommonModule', 'generalSeriesModule', 'generalImageModule']) {
    const [before, after] = [moduleOf(toSliceModules(volume, 0), type), moduleOf(toSliceModules(bare, 0), type)]
    expect(Object.keys(after ?? {})).toEqual(Object.keys(before ?? {}))
    expect(Object.values(after ?? {}).filter((value) => value !== undefined && value !== 'CT')).toEqual([])
  }
  expect(toVolumeUids(bare, 'voxct-volume-0')).toEqual({
    frameOfReferenceUid: 'voxct-volume-0',
    seriesUid: 'voxct-volume-0',
    studyUid: null,
  })
})
