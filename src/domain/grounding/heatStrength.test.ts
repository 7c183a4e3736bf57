import { expect, it } from 'vitest'
import { isBelowThreshold, toHeatStrength } from './heatStrength.ts'

it('is half at the threshold, full at certainty and grows with the probability', () => {
  expect(toHeatStrength({ probability: 0.3, threshold: 0.3 })).toBeCloseTo(0.5, 12)
  expect(toHeatStrength({ probability: 1, threshold: 0.3 })).toBe(1)
  expect(toHeatStrength({ probability: 0.65, threshold: 0.3 })).toBeCloseTo(0.75, 12)
  expect(toHeatStrength({ probability: 0.24, threshold: 0.3 })).toBeCloseTo(0.4, 12)
  const rising = Array.from({ length: 101 }, (_, n) => toHeatStrength({ probability: n / 100, threshold: 0.42 }))
  expect(rising).toEqual([...rising].sort((a, b) => a - b))
})

it('leaves what is nearly impossible just to be seen, whatever its threshold', () => {
  for (const threshold of [0.05, 0.5, 0.95]) expect(toHeatStrength({ probability: 0.006, threshold })).toBe(0.2)
})

it('is that of the threshold where no probability stands behind a query, and full where the threshold is certainty', () => {
  expect(toHeatStrength(null)).toBe(0.5)
  expect(toHeatStrength({ probability: 1, threshold: 1 })).toBe(1)
})

it('is faint at most where the scores do not apply', () => {
  expect(toHeatStrength({ probability: 0.99996, threshold: 0.5 }, false)).toBe(0.3)
  expect(toHeatStrength(null, false)).toBe(0.3)
  expect(toHeatStrength({ probability: 0, threshold: 0.5 }, false)).toBe(0.2)
})

it('tells what is below the threshold, also where the probability is no number', () => {
  expect(isBelowThreshold({ probability: 0.29, threshold: 0.3 })).toBe(true)
  expect(isBelowThreshold({ probability: 0.3, threshold: 0.3 })).toBe(false)
  expect(isBelowThreshold({ probability: Number.NaN, threshold: 0.3 })).toBe(true)
  expect(isBelowThreshold(null)).toBe(false)
})
