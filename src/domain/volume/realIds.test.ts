import { describe, expect, test } from 'vitest'
import { openVolumeForTest, scanForTest } from './testing/openForTest.ts'
import { lacksRealData, readRealFiles } from './testing/realData.ts'

/** By the salt of the tests. What is kept under an id is found by it for years: these must never change. */
const IDS: Readonly<Record<string, readonly [names: readonly string[] | undefined, id: string]>> = {
  'ct-lidc-idri-0314': [undefined, 'study-480efa400dfe0520a9d686777b726917'],
  'ct-lung-pet-ct-dx-a0001': [undefined, 'study-7e239a8b37f21ee6f77aba375236b64a'],
  'nifti/example_ct.nii.gz': [['example_ct.nii.gz'], 'study-62ccc74745319cb8216e4eef73f0723c'],
  'nifti/example_ct_sm.nii.gz': [['example_ct_sm.nii.gz'], 'study-c241d592b2c57a254bb6622c09e36525'],
  'nifti/sm_bigendian_int16.nii': [['sm_bigendian_int16.nii'], 'study-00a32f59e259621782e989ca778f8e69'],
  'nifti/sm_LPS_order.nii.gz': [['sm_LPS_order.nii.gz'], 'study-bd08cbd99077fd421fa6c566c4878383'],
}

const readSeries = (place: string) => readRealFiles(place.split('/')[0], IDS[place][0])

describe.each(Object.keys(IDS))('%s', (place) => {
  test.skipIf(lacksRealData(place.split('/')[0]))('has the id that it always had', { timeout: 60_000 }, async () => {
    const { volume, key } = await openVolumeForTest(readSeries(place))
    expect([key.id, volume.id]).toEqual([IDS[place][1], IDS[place][1]])
  })
})

test('ids of real series are distinct', () => {
  expect(new Set(Object.values(IDS).map(([, id]) => id)).size).toBe(6)
})

const lacksSome = lacksRealData('ct-lidc-idri-0314') || lacksRealData('ct-lung-pet-ct-dx-a0001')

test.skipIf(lacksSome)('two real chests of one drop keep the ids that they have alone', async () => {
  const places = ['ct-lidc-idri-0314', 'ct-lung-pet-ct-dx-a0001']
  const { series, problems } = await scanForTest(places.flatMap(readSeries))
  expect(problems).toEqual([])
  expect(new Set(series.map((entry) => entry.studyId))).toEqual(new Set(places.map((place) => IDS[place][1])))
  expect(series.map((entry) => entry.summary.identity?.patientId).sort()).toEqual(['LIDC-IDRI-0314', 'Lung_Dx-A0001'])
})

test.skipIf(lacksRealData('nifti'))('a NIfTI that was rewritten is another study of the same content', async () => {
  const keyOf = async (name: string) => (await openVolumeForTest(readRealFiles('nifti', [name]))).key
  const [original, rewritten] = [await keyOf('example_ct_sm.nii.gz'), await keyOf('sm_bigendian_int16.nii')]
  expect(rewritten.content).toBe(original.content)
  expect(rewritten.id).not.toBe(original.id)
})
