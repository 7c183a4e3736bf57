import { expect, test } from 'vitest'
import { snapSpacingMm } from './spacing.ts'

test('a spacing loses the noise of floating point and keeps exact fractions', () => {
  expect([0.9999999999999998, 0.699999988079071, 2.5000005].map(snapSpacingMm)).toEqual([1, 0.7, 2.5])
  expect([375 / 512, 431 / 512, 0.78125].map(snapSpacingMm)).toEqual([0.732421875, 0.841796875, 0.78125])
})
