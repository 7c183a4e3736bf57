import { describe, expect, it } from 'vitest'
import { heatPeakLpsMm, toTokenPlacement } from './heat.ts'

/** Input voxels along S, L, P: 5 mm up, 4 mm to the left, 3 mm to posterior, voxel (0,0,0) at (−10, −20, −30). */
const INPUT = {
  originLpsMm: [-10, -20, -30],
  stepsLpsMm: [
    [0, 0, 5],
    [4, 0, 0],
    [0, 3, 0],
  ],
} as const

describe('heat', () => {
  it('places the first token half a token less half a voxel into the input', () => {
    const tokens = toTokenPlacement(INPUT, [12, 16, 16], [2, 4, 4])
    expect(tokens.originLpsMm).toEqual([-10 + 1.5 * 4, -20 + 1.5 * 3, -30 + 2.5 * 5])
    expect(tokens.stepsLpsMm).toEqual([
      [0, 0, 30],
      [16, 0, 0],
      [0, 12, 0],
    ])
  })

  it('finds the patient position of the hottest token, slowest axis first', () => {
    const tokens = toTokenPlacement(INPUT, [12, 16, 16], [2, 4, 4])
    const values = new Float32Array(2 * 4 * 4)
    values[1 * 16 + 3 * 4 + 2] = 0.7
    const [x, y, z] = tokens.originLpsMm
    expect(heatPeakLpsMm(values, [2, 4, 4], tokens, null)).toEqual([x + 3 * 16, y + 2 * 12, z + 30])
  })
})
