import { describe, expect, it } from 'vitest'
import type { BodyMask } from '../ct/chestRegion/coarseBody.ts'
import type { Vec3 } from '../volume/volume.ts'
import { createHeatPlacer } from './heatPlace.ts'

/** A patient of 300 × 200 × 300 mm who lies 90 mm to the Left of the scanner's middle, with an arm of 60 mm along the Left flank's upper part. */
const SIZE: Vec3 = [40, 20, 30]
const STEP_MM = 10
const MIDDLE_MM = 90
const mask: BodyMask = {
  size: SIZE,
  originLpsMm: [-105, -95, -300],
  stepsLpsMm: [
    [STEP_MM, 0, 0],
    [0, STEP_MM, 0],
    [0, 0, STEP_MM],
  ],
  inside: Uint8Array.from({ length: SIZE[0] * SIZE[1] * SIZE[2] }, (_, n) => {
    const leftMm = -105 + STEP_MM * (n % SIZE[0])
    const layer = Math.floor(n / (SIZE[0] * SIZE[1]))
    const isArm = layer > 24 && leftMm > 240 && leftMm < 300
    return Math.abs(leftMm - MIDDLE_MM) < 150 || isArm ? 1 : 0
  }),
}
const lungSpan = { topMm: -40, bottomMm: -280 }

/** Tokens of 50 mm towards Superior, Left, Posterior, the last axis fastest, as the bundled encoder's. */
const GRID: Vec3 = [6, 8, 4]
const placement = {
  originLpsMm: [-85, -75, -275],
  stepsLpsMm: [
    [0, 0, 50],
    [50, 0, 0],
    [0, 50, 0],
  ],
} as const
const toPlace = createHeatPlacer(GRID, placement, { mask, lungSpan })

/** Heat at tokens (superior, left, posterior). */
const heat = (...at: readonly (readonly [s: number, l: number, p: number, value: number])[]) => {
  const values = new Float32Array(GRID[0] * GRID[1] * GRID[2]).fill(-0.01)
  for (const [s, l, p, value] of at) values[(s * GRID[1] + l) * GRID[2] + p] = value
  return values
}

describe('the place of heat', () => {
  it('has the patient’s side, wherever the patient lies', () => {
    // The token at x = 15 mm lies to the Left of the scanner's middle, and in the patient's right half.
    expect(toPlace(heat([2, 2, 1, 1]))).toMatchObject({ side: 'right', sideShare: 1 })
    expect(toPlace(heat([2, 5, 1, 1]))).toMatchObject({ side: 'left', sideShare: 1 })
  })

  it('has no side about the middle, or on both sides', () => {
    expect(toPlace(heat([2, 3, 1, 1], [2, 4, 1, 1])).side).toBeNull()
    expect(toPlace(heat([2, 2, 1, 1], [2, 5, 1, 0.9])).side).toBeNull()
    expect(toPlace(heat([2, 2, 1, 1], [2, 5, 1, 0.2])).side).toBe('right')
    expect(toPlace(heat())).toMatchObject({ side: null })
  })

  it('has its peak in the patient, in a third of the lungs, whose height it goes by', () => {
    expect(toPlace(heat([4, 2, 1, 1]))).toMatchObject({ peakLpsMm: [15, -25, -75], third: 'upper' })
    expect(toPlace(heat([2, 2, 1, 1]))).toMatchObject({ third: 'middle' })
    expect(toPlace(heat([0, 2, 1, 1]))).toMatchObject({ third: 'lower' })
    expect(toPlace(heat([4, 2, 1, 1])).height).toBeCloseTo(205 / 240, 6)
  })

  it('counts no heat of the air around', () => {
    const beside = toPlace(heat([2, 7, 1, 5], [2, 2, 1, 1]))
    expect(beside).toMatchObject({ side: 'right', peakLpsMm: [15, -25, -175] })
  })

  it('has no side where no token holds a part of the patient, and no third without lungs', () => {
    const away = { ...placement, originLpsMm: [5000, 0, 0] as Vec3 }
    expect(createHeatPlacer(GRID, away, { mask, lungSpan })(heat([2, 2, 1, 1]))).toMatchObject({
      side: null,
      sideShare: 0.5,
    })
    expect(createHeatPlacer(GRID, placement, { mask, lungSpan: null })(heat([2, 2, 1, 1]))).toMatchObject({
      third: null,
      height: null,
      side: 'right',
    })
  })
})
