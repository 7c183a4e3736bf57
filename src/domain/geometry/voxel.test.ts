import { expect, test } from 'vitest'
import type { Volume } from '../volume/volume.ts'
import { toPatientPoint, toVolumeGrid } from './grid.ts'
import { readHu, toVoxelIndex } from './voxel.ts'

const half = Math.SQRT1_2
/** Turned by 45° about z and left-handed; a voxel's HU is its place in memory. */
const TURNED: Volume = {
  id: 'turned',
  size: [3, 4, 2],
  spacingMm: [2, 1, 5],
  originLpsMm: [10, -20, 30],
  directionLps: [
    [half, half, 0],
    [half, -half, 0],
    [0, 0, 1],
  ],
  hu: Int16Array.from({ length: 24 }, (_, n) => n),
  missing: [],
}
const grid = toVolumeGrid(TURNED)

test('a point belongs to the voxel whose centre is nearest, and is read in i, j, k order', () => {
  const index = toVoxelIndex(grid, toPatientPoint(grid, [2.2, 0.6, 1.1]))
  expect(index).toEqual([2, 1, 1])
  expect(readHu(TURNED, index)).toBe(2 + 3 * (1 + 4 * 1))
})

test('a voxel reaches half a step around its centre', () => {
  expect(toVoxelIndex(grid, toPatientPoint(grid, [0.49, 1.51, -0.49]))).toEqual([0, 2, 0])
})

test('there are no Hounsfield units outside the volume', () => {
  expect(readHu(TURNED, [3, 0, 0])).toBeNull()
  expect(readHu(TURNED, [0, -1, 0])).toBeNull()
  expect(readHu(TURNED, [0, 0, 2])).toBeNull()
})
