import { expect, it } from 'vitest'
import { toGrowth, toGrowthLines } from './growth.ts'

const former = { volumeMm3: 100, days: 90, isLessSure: false }

it('doubles in the days between where the volume has doubled, and in half of them where it is four times as large', () => {
  expect(toGrowth(200, former)).toEqual({ change: 1, doublingDays: 90, isWithinError: false })
  expect(toGrowth(400, former).doublingDays).toBeCloseTo(45, 9)
  expect(toGrowth(50, former).doublingDays).toBeCloseTo(-90, 9)
  expect(toGrowth(100, former).doublingDays).toBeNull()
})

it('says no doubling time of a change that two scans of one day could show', () => {
  expect(toGrowthLines(124, former)).toEqual([
    '100 mm³ 90 days before, +24 %',
    'within measuring error (25 %, BTS 2015)',
  ])
  expect(toGrowthLines(76, former)[1]).toMatch(/^within measuring error/)
})

it('says on which side of 400 days the doubling time lies, and nothing of what follows', () => {
  expect(toGrowthLines(150, former)[1]).toBe('doubles in 154 days, under 400 (limit of BTS 2015)')
  expect(toGrowthLines(150, { ...former, days: 400 })[1]).toBe('doubles in 684 days, over 400 (limit of BTS 2015)')
  expect(toGrowthLines(60, former)).toEqual(['100 mm³ 90 days before, −40 %', 'smaller: no doubling time'])
  expect(toGrowthLines(150, { ...former, isLessSure: true })[2]).toBe('less sure: thick slices or under 6 mm')
})
