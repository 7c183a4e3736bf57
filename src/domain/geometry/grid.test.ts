import { describe, expect, it, test } from 'vitest'
import type { Vec3, VolumeGeometry } from '../volume/volume.ts'
import {
  clampToGrid,
  isWithinCells,
  toCentreLpsMm,
  toGrid,
  toGridPoint,
  toGridVector,
  toPatientPoint,
  toVolumeGrid,
} from './grid.ts'

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

const half = Math.SQRT1_2
const leftHanded: VolumeGeometry = {
  ...axial,
  directionLps: [
    [half, half, 0],
    [half, -half, 0],
    [0, 0, 1],
  ],
}

describe('a grid in the patient', () => {
  it('puts an index at origin plus spacing times direction', () => {
    expect(toPatientPoint(toVolumeGrid(axial), [1, 2, 3])).toEqual([12, 26, 42])
    expectClose(toPatientPoint(toVolumeGrid(oblique), [1, 2, 3]), [
      10 + 2 * cos - 12 * sin,
      20 + 2 * sin + 12 * cos,
      24,
    ])
  })

  test.each([
    ['axial', axial],
    ['oblique', oblique],
    ['tilted gantry', tilted],
    ['left-handed', leftHanded],
  ])('comes back to the same index from the patient (%s)', (_, geometry) => {
    const grid = toVolumeGrid(geometry)
    for (const index of [
      [0, 0, 0],
      [1.25, -2, 7.5],
    ] as const) {
      expectClose(toGridPoint(grid, toPatientPoint(grid, index)), index)
    }
  })

  it('is inverted also where its steps are sheared', () => {
    const steps = [
      [2, 0, 0],
      [1, 3, 0],
      [0, 1, 4],
    ] as const
    const sheared = toGrid({ originLpsMm: [0, 0, 0], stepsLpsMm: steps }, [4, 4, 4])
    expectClose(toGridPoint(sheared, toPatientPoint(sheared, [1, -2, 3])), [1, -2, 3])
    expectClose(toGridVector(sheared, [1, 4, 4]), [0, 1, 1])
  })

  it('refuses steps that lie in one plane', () => {
    const steps = [
      [1, 0, 0],
      [0, 1, 0],
      [1, 1, 0],
    ] as const
    expect(() => toGrid({ originLpsMm: [0, 0, 0], stepsLpsMm: steps }, [2, 2, 2])).toThrow('one plane')
  })

  it('has its centre half way between the first and the last voxel', () => {
    expect(toCentreLpsMm(toVolumeGrid(axial))).toEqual([12, 24.5, 38])
  })

  it('brings a point outside to the nearest cell of the edge', () => {
    const grid = toVolumeGrid(oblique)
    expectClose(clampToGrid(grid, toPatientPoint(grid, [9, 1.5, -4])), toPatientPoint(grid, [2, 1.5, 0]))
  })

  it('reaches half a step beyond the centres of its outermost cells', () => {
    expect(isWithinCells([3, 4, 5], -0.5, 0, 4.5)).toBe(true)
    expect(isWithinCells([3, 4, 5], -0.51, 0, 0)).toBe(false)
    expect(isWithinCells([3, 4, 5], 0, 3.51, 0)).toBe(false)
  })
})
