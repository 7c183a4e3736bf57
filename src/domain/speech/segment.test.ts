import { describe, expect, test } from 'vitest'
import { FRAME_MS, joinFrames, toFramesAfterCut } from './segment.ts'

describe('toFramesAfterCut', () => {
  test('the cut falls right after the least likely speech frame', () => {
    expect(toFramesAfterCut([0.9, 0.8, 0.41, 0.9, 0.95])).toBe(2)
  })

  test('the latest of equally unlikely frames is taken, so the piece before keeps the pause', () => {
    expect(toFramesAfterCut([0.9, 0.4, 0.4, 0.9])).toBe(1)
  })

  test('nothing is left over when the last frame is the least likely, or there is none', () => {
    expect(toFramesAfterCut([0.9, 0.6])).toBe(0)
    expect(toFramesAfterCut([])).toBe(0)
  })
})

test('joining keeps the order of the frames', () => {
  expect([...joinFrames([new Float32Array([1, 2]), new Float32Array([3])])]).toEqual([1, 2, 3])
})

test('a Silero frame lasts 32 ms', () => {
  expect(FRAME_MS).toBe(32)
})
