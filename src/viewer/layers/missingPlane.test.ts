import { expect, test } from 'vitest'
import { toVolumeGrid } from '../../domain/geometry/grid.ts'
import { type MissingMask, toMissingMask } from '../../domain/volume/measuredLayers.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import { paintMissing } from './missingPlane.ts'

/** Ten layers of 10 × 10 voxels of 1 mm, 2 mm apart; layers 4 and 5 are missing. */
const GRID = toVolumeGrid({
  size: [10, 10, 10],
  spacingMm: [1, 1, 2],
  originLpsMm: [0, 0, 0],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
})
const MASK = toMissingMask({ missing: [4, 5], size: [10, 10, 10] }) as MissingMask

function paint(originLpsMm: Vec3, stepXLpsMm: Vec3, stepYLpsMm: Vec3, width: number, height: number) {
  const out = new Uint8ClampedArray(4 * width * height)
  const bounds = paintMissing(GRID, MASK, { width, height, originLpsMm, stepXLpsMm, stepYLpsMm }, out)
  const covered = Array.from({ length: width * height }, (_, n) => out[4 * n + 3])
  return { bounds, covered }
}

test('an axial plane is covered as a whole in a missing layer, within the volume, and not at all beside it', () => {
  const axial = (mm: number) => paint([-2, 0, mm], [1, 0, 0], [0, 1, 0], 12, 10)
  expect(axial(8).bounds).toEqual({ left: 2, right: 11, top: 0, bottom: 9 })
  expect(new Set(axial(10).covered)).toEqual(new Set([0, 255]))
  expect(axial(10).covered.filter((alpha) => alpha === 255)).toHaveLength(100)
  expect(axial(6).bounds).toBeNull()
  expect(axial(12).bounds).toBeNull()
})

test('the place of the words is one gap, not what lies between two', () => {
  const mask = toMissingMask({ missing: [2, 7], size: [10, 10, 10] }) as MissingMask
  const [width, height] = [10, 41]
  const out = new Uint8ClampedArray(4 * width * height)
  const raster = { width, height, originLpsMm: [0, 5, 19], stepXLpsMm: [1, 0, 0], stepYLpsMm: [0, 0, -0.5] } as const
  // Layer 7 lies at 14 mm, its neighbours at 12 and 16 mm: rows 6 to 14 without their centres.
  expect(paintMissing(GRID, mask, raster, out)).toEqual({ left: 0, right: 9, top: 7, bottom: 13 })
})

test('a coronal plane is covered from one measured neighbour to the other', () => {
  // A pixel for every half millimetre, from head to foot.
  const { bounds, covered } = paint([5, 5, 19], [1, 0, 0], [0, 0, -0.5], 1, 41)
  const coveredMm = covered.flatMap((alpha, y) => (alpha > 0 ? [19 - 0.5 * y] : []))
  expect([Math.max(...coveredMm), Math.min(...coveredMm)]).toEqual([11.5, 6.5])
  expect(bounds).toMatchObject({ top: 15, bottom: 25 })
})
