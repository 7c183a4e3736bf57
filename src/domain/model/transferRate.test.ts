import { expect, it } from 'vitest'
import { TransferRate } from './transferRate.ts'

it('tells nothing at first, then the rate of the last five seconds', () => {
  const rate = new TransferRate()
  expect(rate.add(0, 0)).toBeNull()
  expect(rate.add(100, 400)).toBeNull()
  expect(rate.add(1000, 1000)).toBe(1000)
  for (let second = 2; second <= 20; second++) rate.add(1000 + (second - 1) * 50, second * 1000)
  expect(rate.add(2000, 21_000)).toBe(50)
})

it('tells nothing while nothing arrives', () => {
  const rate = new TransferRate()
  rate.add(0, 0)
  expect(rate.add(0, 3000)).toBeNull()
})
