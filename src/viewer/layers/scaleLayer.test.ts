import { expect, it } from 'vitest'
import { chooseScale } from './scaleLayer.ts'

it('chooses the longest round length that takes less than a third of the border, with a tick at every centimetre', () => {
  expect(chooseScale(0.5, 800)).toEqual({ mm: 100, parts: 10 })
  expect(chooseScale(1, 400)).toEqual({ mm: 100, parts: 10 })
  expect(chooseScale(1, 200)).toEqual({ mm: 50, parts: 5 })
  expect(chooseScale(0.1, 200)).toEqual({ mm: 5, parts: 5 })
  expect(chooseScale(0.02, 100)).toBeNull()
})
