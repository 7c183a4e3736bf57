import { expect, it } from 'vitest'
import { DEFAULT_MOUSE } from '../../domain/layout/mouse.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import { toDepthMm } from '../layers/placeLayer.ts'
import { PlaceTool } from './placeTool.ts'
import type { ToolPointer } from './tool.ts'

const PANE = { id: 'axial', plane: 'axial' } as const
const POINT: Vec3 = [10, -20, 30]

function setUp() {
  const calls: unknown[][] = []
  const write =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args])
  const tool = new PlaceTool({
    thicken: write('thicken'),
    scroll: write('scroll'),
    pan: write('pan'),
    zoom: write('zoom'),
    mouse: DEFAULT_MOUSE,
    dragWindow: write('dragWindow'),
    pointTo: write('pointTo'),
    choose: write('choose'),
    crosshairLpsMm: null,
    placesLpsMm: [],
  })
  const pointer = (part: Partial<ToolPointer> = {}): ToolPointer => ({
    pane: PANE,
    at: [5, 5],
    pointLpsMm: POINT,
    pointerId: 1,
    isTouch: false,
    button: 0,
    shift: false,
    ctrl: false,
    alt: false,
    ...part,
  })
  return { tool, calls, pointer }
}

it('chooses the place of a click or a tap, once, and moves no crosshair by itself', () => {
  const { tool, calls, pointer } = setUp()
  tool.down(pointer())
  tool.up(pointer())
  tool.down(pointer({ isTouch: true }))
  tool.up(pointer({ isTouch: true }))
  tool.down(pointer({ shift: true }))
  tool.move(pointer({ shift: true, button: -1 }))
  tool.up(pointer({ shift: true }))
  expect(calls).toEqual([
    ['choose', POINT],
    ['choose', POINT],
    ['choose', POINT],
  ])
})

it('leaves drags and the wheel what they are', () => {
  const { tool, calls, pointer } = setUp()
  tool.down(pointer())
  tool.move(pointer({ at: [25, 5], button: -1 }))
  tool.up(pointer({ at: [25, 5] }))
  tool.wheel(pointer(), 100)
  expect(calls.map(([name]) => name)).toEqual(['dragWindow', 'scroll'])
})

it('tells how far a place lies from the slice on screen', () => {
  const raster = { width: 9, height: 9, originLpsMm: [0, 0, 25], stepXLpsMm: [2, 0, 0], stepYLpsMm: [0, 3, 0] } as const
  expect(toDepthMm(raster, POINT)).toBe(5)
  expect(toDepthMm({ ...raster, stepYLpsMm: [0, 0, 3] }, POINT)).toBe(20)
})
