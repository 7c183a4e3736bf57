import { expect, test, vi } from 'vitest'
import { SlabHelpers } from './slabHelpers.ts'

const setUp = () => {
  const ends: (() => void)[] = []
  const start = vi.fn(() => {
    const end = vi.fn()
    ends.push(end)
    return { sample: async () => undefined, end }
  })
  return { ends, start, helpers: new SlabHelpers(start, 20) }
}

test('helpers serve the next input and end when nobody comes', async () => {
  const { ends, start, helpers } = setUp()
  expect(await helpers.with(2, async (team) => team.length)).toBe(2)
  expect(await helpers.with(1, async (team) => team.length)).toBe(1)
  expect(start).toHaveBeenCalledTimes(2)
  expect(ends[0]).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(ends[1]).toHaveBeenCalledTimes(1))
  expect(ends[0]).toHaveBeenCalledTimes(1)
})

test('after a failure new ones are started', async () => {
  const { ends, start, helpers } = setUp()
  await expect(helpers.with(1, async () => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory')
  expect(ends[0]).toHaveBeenCalledTimes(1)
  await helpers.with(1, async () => undefined)
  expect(start).toHaveBeenCalledTimes(2)
})
