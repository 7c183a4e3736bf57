import { expect, it } from 'vitest'
import { toFirstPace, toNextPace } from './pace.ts'

it('draws coarser where a moving picture is slow, down to a limit, and never where it is quick', () => {
  const first = toFirstPace(false)
  expect(toNextPace(first, 16)).toBe(first)
  const paces = [1, 2, 3, 4].reduce((pace) => toNextPace(pace, 500), first)
  expect(paces.pixelPx).toBe(4)
  expect(toNextPace(paces, 500)).toBe(paces)
  expect(toFirstPace(true).pixelPx).toBeGreaterThan(first.pixelPx)
})
