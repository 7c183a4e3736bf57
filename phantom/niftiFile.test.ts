import { expect, test } from 'vitest'
import { openVolumeForTest } from '../src/domain/volume/testing/openForTest.ts'
import { toFile } from '../src/domain/volume/testing/syntheticDicom.ts'
import type { Volume } from '../src/domain/volume/volume.ts'
import { toNiftiFile } from './niftiFile.ts'

test('a scan written as NIfTI opens as the same volume in the same place', async () => {
  const scan: Volume = {
    id: 'phantom-1',
    size: [3, 4, 5],
    spacingMm: [0.7, 0.8, 2.5],
    originLpsMm: [-170.5, -161.25, -150],
    directionLps: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    hu: Int16Array.from({ length: 60 }, (_, n) => n * 40 - 1024),
    missing: [],
  }
  const { volume, notices } = await openVolumeForTest([toFile('phantom-1.nii', toNiftiFile(scan))])
  expect(notices).toEqual([])
  expect(volume.size).toEqual(scan.size)
  expect([...volume.hu]).toEqual([...scan.hu])
  for (const axis of [0, 1, 2]) {
    expect(volume.spacingMm[axis]).toBeCloseTo(scan.spacingMm[axis], 5)
    expect(volume.originLpsMm[axis]).toBeCloseTo(scan.originLpsMm[axis], 4)
    for (const part of [0, 1, 2]) expect(volume.directionLps[axis][part]).toBeCloseTo(scan.directionLps[axis][part], 6)
  }
})
