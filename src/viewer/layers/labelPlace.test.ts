import { expect, it } from 'vitest'
import { toLabelPlace } from './labelPlace.ts'
import type { CanvasPoint } from './layer.ts'

const size = { width: 100, height: 30 }
const pane: CanvasPoint = [260, 200]

it('stands right of a drawing, level with its right end', () => {
  expect(
    toLabelPlace(
      [
        [40, 90],
        [60, 100],
      ],
      size,
      pane,
    ),
  ).toEqual([70, 85])
})

it('goes to the left where the right end leaves no room', () => {
  expect(
    toLabelPlace(
      [
        [140, 90],
        [200, 100],
      ],
      size,
      pane,
    ),
  ).toEqual([30, 75])
})

it('stays within the pane, beside the slider, wherever the drawing lies', () => {
  for (const at of [
    [5, 5],
    [130, 100],
    [255, 195],
    [-50, 300],
    [400, -20],
  ] as const) {
    const [x, y] = toLabelPlace([at], size, pane)
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + size.width).toBeLessThanOrEqual(260 - 12)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y + size.height).toBeLessThanOrEqual(200)
  }
})

it('begins at the left edge where the text is wider than the pane', () => {
  expect(toLabelPlace([[130, 100]], { width: 400, height: 30 }, pane)[0]).toBe(4)
})
