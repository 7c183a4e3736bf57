import { expect, it } from 'vitest'
import { Latest } from './latest.ts'

it('ends what was wanted before when something else is wanted, and when its owner ends', () => {
  const owner = new AbortController()
  const latest = new Latest()
  const first = latest.begin(owner.signal)
  const second = latest.begin(owner.signal)
  expect([first.aborted, second.aborted]).toEqual([true, false])
  owner.abort()
  expect(second.aborted).toBe(true)
  expect(latest.begin(owner.signal).aborted).toBe(true)
})

it('ends without a successor', () => {
  const latest = new Latest()
  const signal = latest.begin()
  latest.end()
  latest.end()
  expect(signal.aborted).toBe(true)
})
