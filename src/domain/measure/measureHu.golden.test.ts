import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { openVolumeForTest } from '../volume/testing/openForTest.ts'
import { lacksRealData, readRealFiles } from '../volume/testing/realData.ts'
import type { MeasureShape } from './measure.ts'
import { toRegion } from './region.ts'
import { measureHu } from './statistics.ts'

interface GoldenRegion extends MeasureShape {
  readonly name: string
  readonly isOblique: boolean
  readonly count: number | null
  readonly areaMm2: number
  readonly mean: number
  readonly sd: number
  readonly min: number
  readonly max: number
}

const GOLDEN: Readonly<Record<string, { readonly regions: readonly GoldenRegion[] }>> = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/measures.json', import.meta.url), 'utf8'),
)

describe.each(Object.entries(GOLDEN))('%s', (folder, { regions }) => {
  test.skipIf(lacksRealData(folder))('regions have the HU that NumPy finds in them', { timeout: 60_000 }, async () => {
    const { volume } = await openVolumeForTest(readRealFiles(folder))
    // The golden's places are within a hundredth of a millimetre of the grid's, whose spacing is rounded.
    expect(toPatientPoint(toVolumeGrid(volume), [0, 0, volume.size[2] - 1]).every(Number.isFinite)).toBe(true)
    for (const region of regions) {
      const area = toRegion(region)
      const hu = area && measureHu(volume, region, area)
      expect(area?.areaMm2, region.name).toBeCloseTo(region.areaMm2, 6)
      if (!region.isOblique) {
        expect(hu, region.name).toMatchObject({ count: region.count, sampling: 'voxels' })
        expect([hu?.minHu, hu?.maxHu], region.name).toEqual([region.min, region.max])
        expect(hu?.meanHu, region.name).toBeCloseTo(region.mean, 6)
        expect(hu?.sdHu, region.name).toBeCloseTo(region.sd, 6)
      } else {
        expect(hu?.sampling).toBe('resampled')
        expect(Math.abs((hu?.meanHu ?? 0) - region.mean), region.name).toBeLessThan(1)
        expect(Math.abs((hu?.sdHu ?? 0) - region.sd), region.name).toBeLessThan(1)
      }
    }
  })
})
