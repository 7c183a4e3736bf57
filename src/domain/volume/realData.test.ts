import { describe, expect, test } from 'vitest'
import { summariseHu } from './huScale.ts'
import { openForTest, openVolumeForTest, scanForTest } from './testing/openForTest.ts'
import { indexToWorldLps, probeHu } from './testing/probe.ts'
import { lacksRealData, readRealFiles } from './testing/realData.ts'

describe.skipIf(lacksRealData('ct-lidc-idri-0314'))('LIDC-IDRI-0314 (275 slices)', () => {
  test('opens as one chest in HU, sorted from foot to head', { timeout: 20_000 }, async () => {
    const files = readRealFiles('ct-lidc-idri-0314')
    const { series, problems } = await scanForTest(files)
    expect(problems).toEqual([])
    expect(series.map((entry) => entry.summary.chestScore)).toEqual([100])
    const { volume, notices } = await openVolumeForTest(files)
    expect(notices).toEqual([])
    expect(volume.size).toEqual([512, 512, 275])
    expect(volume.spacingMm).toEqual([0.78125, 0.78125, 1])
    const { minHu, maxHu, airShare } = summariseHu([volume.hu])
    expect([minHu, maxHu]).toEqual([-1000, 1979])
    expect(airShare).toBeGreaterThan(0.3)
  })
})

describe.skipIf(lacksRealData('ct-lung-pet-ct-dx-a0001'))('Lung-PET-CT-Dx A0001 (64 slices of 5 mm)', () => {
  test('opens in HU with its spacing', { timeout: 20_000 }, async () => {
    const { volume, notices } = await openVolumeForTest(readRealFiles('ct-lung-pet-ct-dx-a0001'))
    expect(notices).toEqual([])
    expect(volume.size[2]).toBe(64)
    expect(volume.spacingMm).toEqual([0.841796875, 0.841796875, 5])
    const { minHu, maxHu } = summariseHu([volume.hu])
    expect([minHu, maxHu]).toEqual([-1024, 2976])
  })
})

describe.skipIf(lacksRealData('nifti'))('TotalSegmentator example CT', () => {
  const open = async (name: string) => (await openVolumeForTest(readRealFiles('nifti', [name]))).volume

  test.each(['sm_LPS_order.nii.gz', 'sm_bigendian_int16.nii'])('%s has the same HU at the same place', async (name) => {
    const original = await open('example_ct_sm.nii.gz')
    const rewritten = await open(name)
    for (const index of [
      [0, 0, 0],
      [60, 50, 15],
      [30, 70, 5],
      [121, 100, 29],
    ] as const) {
      const point = indexToWorldLps(original, index)
      expect(probeHu(rewritten, point)).toBe(probeHu(original, point))
    }
    expect(summariseHu([rewritten.hu])).toEqual(summariseHu([original.hu]))
  })

  test('a file cut off at 20 % is refused', async () => {
    const opened = await openForTest(readRealFiles('nifti', ['truncated_at_20pct.nii.gz']))
    expect(opened.ok ? null : opened.problem.code).toBe('gzip-damaged')
  })
})
