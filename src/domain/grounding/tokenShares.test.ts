import { expect, it } from 'vitest'
import type { Vec3 } from '../volume/volume.ts'
import { toAxes, toNeighbours, toPlaceDirection, toTokenAt } from './tokenShares.ts'

const GRID: Vec3 = [2, 3, 4]
/** Slices upwards, then to the left, then backwards, as the encoder has them. */
const PLACEMENT = {
  originLpsMm: [-15, -20, 100],
  stepsLpsMm: [
    [0, 0, 30],
    [20, 0, 0],
    [0, 10, 0],
  ],
} as const

it('finds the token that a place lies in, and none outside', () => {
  expect(toTokenAt([-15, -20, 100], PLACEMENT, GRID)).toEqual([0, 0, 0])
  expect(toTokenAt([6, 6, 129], PLACEMENT, GRID)).toEqual([1, 1, 3])
  expect(toTokenAt([6, 16, 129], PLACEMENT, GRID)).toBeNull()
  expect(toTokenAt([-26, -20, 100], PLACEMENT, GRID)).toBeNull()
})

it('takes the neighbours that there are', () => {
  expect(toNeighbours([0, 0, 0], GRID, 1)).toEqual([0, 1, 4, 5, 12, 13, 16, 17])
  expect(toNeighbours([1, 1, 1], GRID, 0)).toEqual([17])
  expect(toNeighbours([1, 1, 1], GRID, 1)).toHaveLength(18)
})

it('asks for one axis after the other', () => {
  expect([...toAxes(1, 2, 3)]).toEqual([0, 1, 0, 0, 0, 1])
})

it('points to what the tokens give beyond the mean one, and nowhere where that is nothing', () => {
  const values = new Float32Array(2 * 24).fill(0.5)
  values[7] = 0.5 + 24
  const shares = { values, dimension: 2, grid: GRID }
  expect([...(toPlaceDirection(shares, [7]) ?? [])]).toEqual([1, 0])
  expect([...(toPlaceDirection(shares, [8]) ?? [])]).toEqual([-1, 0])
  expect(toPlaceDirection({ ...shares, values: new Float32Array(2 * 24).fill(0.5) }, [7])).toBeNull()
})
