import { beforeEach, expect, it } from 'vitest'
import { TouchGesture, type TouchInput } from './touchGesture.ts'

let calls: unknown[][]
let touch: TouchGesture

beforeEach(() => {
  calls = []
  const input = new Proxy({} as TouchInput, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        calls.push([name, ...args]),
  })
  touch = new TouchGesture(input)
})

it('knows a tap, also a shaky one', () => {
  touch.down(1, [50, 60])
  touch.move(1, [53, 62])
  expect(touch.up(1)).toBe(true)
  expect(calls).toEqual([])
})

it('turns slices with a stroke, adding small steps up, and is no tap at its end', () => {
  touch.down(1, [50, 100])
  for (const y of [112, 115, 118, 121, 124, 100]) touch.move(1, [50, y])
  expect(touch.up(1)).toBe(false)
  expect(calls).toEqual([
    ['onStroke', 1],
    ['onStroke', 1],
    ['onStroke', 1],
    ['onStroke', -3],
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
  expect(touch.up(2)).toBe(false)
  touch.move(1, [100, 200])
  expect(touch.up(1)).toBe(false)
  expect(calls).toEqual([])
  touch.down(3, [10, 10])
  expect(touch.up(3)).toBe(true)
})
