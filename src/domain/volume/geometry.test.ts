import { expect, test } from 'vitest'
import { indexToWorldLps, probeHu, snapSpacingMm, toCentreLps, voxelAt, worldLpsToIndex } from './geometry.ts'
import type { Vec3, Volume, VolumeGeometry } from './volume.ts'

const axial: VolumeGeometry = {
  size: [3, 4, 5],
  spacingMm: [2, 3, 4],
  originLpsMm: [10, 20, 30],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}

const cos = Math.cos(0.3)
const sin = Math.sin(0.3)
const oblique: VolumeGeometry = {
  ...axial,
  directionLps: [
    [cos, sin, 0],
    [0, 0, -1],
    [-sin, cos, 0],
  ],
}

// Slices stacked along the table while the image plane leans by 0.3 rad: i and k are not at right angles to j.
const tilted: VolumeGeometry = {
  ...axial,
  directionLps: [
    [1, 0, 0],
    [0, cos, -sin],
    [0, 0, 1],
  ],
}

const expectClose = (actual: Vec3, wanted: Vec3) => {
  actual.forEach((value, n) => {
    expect(value).toBeCloseTo(wanted[n], 9)
  })
}

test('an index becomes origin plus spacing times direction', () => {
  expect(indexToWorldLps(axial, [1, 2, 3])).toEqual([12, 26, 42])
  expectClose(indexToWorldLps(oblique, [1, 2, 3]), [10 + 2 * cos - 12 * sin, 20 + 2 * sin + 12 * cos, 30 - 6])
})

test.each([
  ['axial', axial],
  ['oblique', oblique],
  ['tilted gantry', tilted],
])('world coordinates turn back into the same index (%s)', (_, geometry) => {
  for (const index of [
    [0, 0, 0],
    [1.25, -2, 7.5],
  ] as const) {
    expectClose(worldLpsToIndex(geometry, indexToWorldLps(geometry, index)), index)
  }
})

test('a voxel reaches half a step around its centre', () => {
  expect(voxelAt(axial, [10.9, 21.4, 31.9])).toEqual([0, 0, 0])
  expect(voxelAt(axial, [11.1, 21.6, 32.1])).toEqual([1, 1, 1])
  expect(voxelAt(axial, [8.9, 20, 30])).toBeNull()
  expect(voxelAt(axial, [15.1, 20, 30])).toBeNull()
})

test('probing gives the HU of the voxel, and null outside', () => {
  const volume: Volume = { ...oblique, id: 'v', hu: Int16Array.from({ length: 60 }, (_, n) => n - 1000) }
  expect(probeHu(volume, indexToWorldLps(volume, [2, 1, 3]))).toBe(2 + 3 * (1 + 4 * 3) - 1000)
  expect(probeHu(volume, indexToWorldLps(volume, [2, 1, 5]))).toBeNull()
})

test('the centre lies half way between the first and the last voxel', () => {
  expect(toCentreLps(axial)).toEqual([12, 24.5, 38])
})

test('a spacing loses the noise of floating point and keeps exact fractions', () => {
  expect([0.9999999999999998, 0.699999988079071, 2.5000005].map(snapSpacingMm)).toEqual([1, 0.7, 2.5])
  expect([375 / 512, 431 / 512, 0.78125].map(snapSpacingMm)).toEqual([0.732421875, 0.841796875, 0.78125])
})
