import { expect, it } from 'vitest'
import { toCineSpeed, toCineStep } from './cine.ts'

it('goes on by the slices that are due, and from the last one to the first', () => {
  expect(toCineStep({ number: 5, count: 10 }, 2)).toBe(2)
  expect(toCineStep({ number: 10, count: 10 }, 1)).toBe(-9)
  expect(toCineStep({ number: 9, count: 10 }, 3)).toBe(-7)
  expect(toCineStep({ number: 1, count: 1 }, 1)).toBe(0)
})

it('steps through the speeds and stops at the ends', () => {
  expect([toCineSpeed(10, 1), toCineSpeed(10, -1), toCineSpeed(60, 1), toCineSpeed(2, -1)]).toEqual([15, 5, 60, 2])
})
