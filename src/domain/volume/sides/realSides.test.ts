import { describe, expect, test } from 'vitest'
import { openVolumeForTest } from '../testing/openForTest.ts'
import { lacksRealData, readRealFiles } from '../testing/realData.ts'
import type { Vec3, Volume } from '../volume.ts'
import { checkSides, findSides, mirrorCells } from './sides.ts'

const mirrorVoxels = (volume: Volume): Volume => ({ ...volume, hu: mirrorCells(volume.hu, volume.size[0]) })

const mirrorHeader = (volume: Volume): Volume => ({
  ...volume,
  originLpsMm: [-volume.originLpsMm[0], volume.originLpsMm[1], volume.originLpsMm[2]],
  directionLps: volume.directionLps.map(([x, y, z]): Vec3 => [-x, y, z]) as unknown as Volume['directionLps'],
})

describe.each(['ct-lidc-idri-0314', 'ct-lung-pet-ct-dx-a0001'])('%s', (folder) => {
  test.skipIf(lacksRealData(folder))(
    'is told when it is mirrored, by its voxels or its header, and only then',
    { timeout: 30_000 },
    async () => {
      const { volume, notices } = await openVolumeForTest(readRealFiles(folder))
      expect(notices).toEqual([])
      expect(findSides(volume)).toBe('usual')
      const mirrored = mirrorVoxels(volume)
      expect(checkSides(mirrored, ['a.dcm'])?.code).toBe('sides-mirrored')
      expect(checkSides(mirrorHeader(volume), ['a.dcm'])?.code).toBe('sides-mirrored')
      expect(findSides(mirrorHeader(mirrored))).toBe('usual')
    },
  )
})

describe.skipIf(lacksRealData('nifti'))('a scan of the abdomen', () => {
  const NAMES = ['example_ct.nii.gz', 'example_ct_sm.nii.gz', 'sm_LPS_order.nii.gz', 'sm_bigendian_int16.nii']

  test.each(NAMES)('%s shows too little of the chest to be told', async (name) => {
    const { volume, notices } = await openVolumeForTest(readRealFiles('nifti', [name]))
    expect(notices).toEqual([])
    expect(findSides(volume)).toBe('unknown')
    expect(findSides(mirrorVoxels(volume))).toBe('unknown')
  })
})
