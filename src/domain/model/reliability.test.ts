import { expect, it } from 'vitest'
import { toCalibrationError } from './reliability.ts'

it('weighs the error of each bin by its cases', () => {
  const bins = [
    { meanProbability: 0.1, share: 0.2, n: 30 },
    { meanProbability: 0.9, share: 0.7, n: 10 },
  ]
  expect(toCalibrationError(bins)).toBeCloseTo((30 * 0.1 + 10 * 0.2) / 40, 10)
  expect(toCalibrationError([])).toBe(0)
})
