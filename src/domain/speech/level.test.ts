import { expect, test } from 'vitest'
import { smoothLevel, toPeak } from './level.ts'

test('the peak is the largest magnitude, at most 1', () => {
  expect(toPeak(new Float32Array([0.1, -0.5, 0.25]))).toBe(0.5)
  expect(toPeak(new Float32Array([1.7]))).toBe(1)
  expect(toPeak(new Float32Array(0))).toBe(0)
})

test('the meter rises at once and falls to 1/e in 250 ms', () => {
  expect(smoothLevel(0.1, 0.8, 64)).toBe(0.8)
  expect(smoothLevel(1, 0, 250)).toBeCloseTo(Math.exp(-1), 10)
})

test('the meter falls as far in two steps as in one', () => {
  const twoSteps = smoothLevel(smoothLevel(0.6, 0, 32), 0, 32)
  expect(twoSteps).toBeCloseTo(smoothLevel(0.6, 0, 64), 10)
})
