import { expect, it } from 'vitest'
import { createRemainingTime } from './remainingTime.ts'

it('says nothing before there is a pace, then goes by it', () => {
  const estimate = createRemainingTime()
  expect(estimate('Encoding', null, 0)).toBeNull()
  expect(estimate('Encoding', 0.05, 3000)).toBeNull()
  expect(estimate('Encoding', 0.25, 10_000)).toBeCloseTo(30_000)
  expect(estimate('Encoding', 0.5, 16_000)).toBeCloseTo(16_000)
  expect(estimate('Encoding', 1, 30_000)).toBe(0)
})

it('begins anew with another label', () => {
  const estimate = createRemainingTime()
  estimate('Loading', 0, 0)
  expect(estimate('Loading', 0.5, 60_000)).toBe(60_000)
  expect(estimate('Encoding', 0.5, 61_000)).toBeNull()
  expect(estimate('Encoding', 0.5, 71_000)).toBe(10_000)
})

it('gives no estimate out of a first moment', () => {
  const estimate = createRemainingTime()
  estimate('Encoding', 0, 0)
  expect(estimate('Encoding', 0.5, 100)).toBeNull()
})
