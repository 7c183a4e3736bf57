import { describe, expect, it } from 'vitest'
import type { Volume } from '../domain/volume/volume.ts'
import {
  clampToGrid,
  readHu,
  toGridPoint,
  toGridRows,
  toPatientPoint,
  toVolumeFrame,
  toVoxelIndex,
} from './gridFrame.ts'

const half = Math.SQRT1_2
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
}
const frame = toVolumeFrame(TURNED)
const rows = toGridRows(frame.stepsLpsMm)

describe('a grid in the patient', () => {
  it('comes back to the same cell from the patient, also left-handed and turned', () => {
    const cell = toGridPoint(frame, rows, toPatientPoint(frame, [1.25, 2.5, 0.75]))
    expect(cell[0]).toBeCloseTo(1.25, 12)
    expect(cell[1]).toBeCloseTo(2.5, 12)
    expect(cell[2]).toBeCloseTo(0.75, 12)
  })

  it('is inverted also where its steps are sheared', () => {
    const sheared = {
      originLpsMm: [0, 0, 0],
      stepsLpsMm: [
        [2, 0, 0],
        [1, 3, 0],
        [0, 1, 4],
      ],
    } as const
    const cell = toGridPoint(sheared, toGridRows(sheared.stepsLpsMm), toPatientPoint(sheared, [1, -2, 3]))
    expect(cell.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([1, -2, 3])
  })

  it('refuses steps that lie in one plane', () => {
    expect(() =>
      toGridRows([
        [1, 0, 0],
        [0, 1, 0],
        [1, 1, 0],
      ]),
    ).toThrow('one plane')
  })
})

describe('voxels at a point', () => {
  it('are rounded to the nearest centre and read in i, j, k order', () => {
    const index = toVoxelIndex(frame, rows, toPatientPoint(frame, [2.2, 0.6, 1.1]))
    expect(index).toEqual([2, 1, 1])
    expect(readHu(TURNED, index)).toBe(2 + 3 * (1 + 4 * 1))
  })

  it('have no Hounsfield units outside the volume', () => {
    expect(readHu(TURNED, [3, 0, 0])).toBeNull()
    expect(readHu(TURNED, [0, -1, 0])).toBeNull()
  })

  it('bring a point outside to the nearest voxel of the edge', () => {
    const clamped = clampToGrid(frame, rows, TURNED.size, toPatientPoint(frame, [9, 1.5, -4]))
    const expected = toPatientPoint(frame, [2, 1.5, 0])
    clamped.forEach((value, axis) => {
      expect(value).toBeCloseTo(expected[axis], 9)
    })
  })
})
