import { beforeEach, expect, it } from 'vitest'
import type { ViewInput } from './interaction.ts'
import { TouchGesture } from './touchGesture.ts'

let calls: unknown[][]
let touch: TouchGesture

beforeEach(() => {
  calls = []
  const input = new Proxy({} as ViewInput, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        calls.push([name, ...args]),
  })
  touch = new TouchGesture(input)
})

it('sets the crosshair where a finger taps, also a shaky one', () => {
  touch.down(1, [50, 60])
  touch.move(1, [53, 62])
  touch.up(1, [53, 62])
  expect(calls).toEqual([['onPoint', [53, 62]]])
})

it('turns slices with a stroke, adding small steps up, and sets no crosshair at its end', () => {
  touch.down(1, [50, 100])
  for (const y of [112, 115, 118, 121, 124, 100]) touch.move(1, [50, y])
  touch.up(1, [50, 100])
  expect(calls).toEqual([
    ['onWheel', 1],
    ['onWheel', 1],
    ['onWheel', 1],
    ['onWheel', -3],
  ])
})

it('zooms about the middle of two fingers that part, and moves the picture along with them', () => {
  touch.down(1, [100, 100])
  touch.down(2, [200, 100])
  touch.move(2, [300, 100])
  expect(calls).toEqual([
    ['onPan', 50, 0],
    ['onScale', 2, [200, 100]],
  ])
})

it('lets the finger that stays after a pinch do nothing, and starts anew once all are lifted', () => {
  touch.down(1, [100, 100])
  touch.down(2, [200, 100])
  touch.up(2, [200, 100])
  touch.move(1, [100, 200])
  touch.up(1, [100, 200])
  expect(calls).toEqual([])
  touch.down(3, [10, 10])
  touch.up(3, [10, 10])
  expect(calls).toEqual([['onPoint', [10, 10]]])
})
