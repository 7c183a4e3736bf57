import { expect, it } from 'vitest'
import type { MeasureValue } from './readMeasure.ts'
import { toRegionWindow } from './regionWindow.ts'

const region = (mean: number, SD: number, min: number, max: number): MeasureValue[] =>
  Object.entries({ mean, SD, min, max }).map(([name, value]) => ({ name, value, unit: 'HU' }) as MeasureValue)

it('shows two deviations about the mean, and no further than what was measured', () => {
  expect(toRegionWindow(region(40, 25, -80, 150))).toEqual({ widthHu: 100, centerHu: 40 })
  expect(toRegionWindow(region(-700, 100, -750, 300))).toEqual({ widthHu: 250, centerHu: -625 })
})

it('keeps noise from filling the greys', () => {
  expect(toRegionWindow(region(10, 1, 8, 12))).toEqual({ widthHu: 20, centerHu: 10 })
})

it('has none for a measure without HU of a region', () => {
  expect(toRegionWindow([{ name: 'length', value: 12, unit: 'mm' }])).toBeNull()
  expect(toRegionWindow([{ name: 'mean', value: 12, unit: 'HU' }])).toBeNull()
})
