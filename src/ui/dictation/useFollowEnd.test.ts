import { expect, it } from 'vitest'
import { isAtEnd } from './useFollowEnd.ts'

it('is at its end where no more than a fraction of a card lies beyond, and where everything fits', () => {
  expect(isAtEnd({ scrollLeft: 804, scrollWidth: 1364, clientWidth: 560 })).toBe(true)
  expect(isAtEnd({ scrollLeft: 780, scrollWidth: 1364, clientWidth: 560 })).toBe(true)
  expect(isAtEnd({ scrollLeft: 779, scrollWidth: 1364, clientWidth: 560 })).toBe(false)
  expect(isAtEnd({ scrollLeft: 0, scrollWidth: 560, clientWidth: 560 })).toBe(true)
})
