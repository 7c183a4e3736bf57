import { expect, it } from 'vitest'
import { NOT_LINKED, toOtherPlace } from './priorLink.ts'

it('nothing leads to a study that nothing ties', () => {
  expect(toOtherPlace({ ...NOT_LINKED, offsetMm: [1, 2, 3] }, 'current', [0, 0, 0])).toBeNull()
})

it('an offset leads there and back again', () => {
  const link = { ...NOT_LINKED, lock: 'offset', offsetMm: [1, -2, 30] } as const
  expect(toOtherPlace(link, 'current', [10, 20, 30])).toEqual([11, 18, 60])
  expect(toOtherPlace(link, 'comparison', [11, 18, 60])).toEqual([10, 20, 30])
})

it('a registration leads there by its matrix, and back by the other one', () => {
  const link = {
    ...NOT_LINKED,
    lock: 'registered',
    registration: {
      currentToPrior: [2, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, -5, 0, 0, 0, 1],
      priorToCurrent: [0.5, 0, 0, -0.5, 0, 1, 0, 0, 0, 0, 1, 5, 0, 0, 0, 1],
      overlap: 0.95,
    },
  } as const
  expect(toOtherPlace(link, 'current', [3, 4, 5])).toEqual([7, 4, 0])
  expect(toOtherPlace(link, 'comparison', [7, 4, 0])).toEqual([3, 4, 5])
})
