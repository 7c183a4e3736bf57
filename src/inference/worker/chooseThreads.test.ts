import { expect, it } from 'vitest'
import { chooseThreads } from './chooseThreads.ts'

it('uses one thread, and says why, on a page that is not cross-origin isolated', () => {
  for (const role of ['ct', 'speech', 'transcriber'] as const) {
    const { threads, note } = chooseThreads(role, 16, false)
    expect(threads).toBe(1)
    expect(note).toContain('not cross-origin isolated')
  }
})

it('gives the CT worker all but one core and the speech worker half, the transcriber two where it can, within limits', () => {
  const threads = (cores: number) => [
    chooseThreads('ct', cores, true).threads,
    chooseThreads('speech', cores, true).threads,
    chooseThreads('transcriber', cores, true).threads,
  ]
  expect(threads(1)).toEqual([1, 1, 1])
  expect(threads(2)).toEqual([2, 1, 2])
  expect(threads(4)).toEqual([3, 2, 2])
  expect(threads(8)).toEqual([7, 4, 4])
  expect(threads(64)).toEqual([8, 4, 4])
})
