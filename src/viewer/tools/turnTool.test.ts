import { beforeEach, expect, it } from 'vitest'
import { toLineDegrees, turnLines } from '../../domain/geometry/turnPlanes.ts'
import { addScaled } from '../../domain/geometry/vector.ts'
import { VIEW_PLANES, type ViewPlanes } from '../../domain/geometry/viewPlane.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import type { Tool, ToolPointer } from './tool.ts'
import { TurnTool } from './turnTool.ts'

const CENTRE: Vec3 = [10, -20, 300]
let planes: ViewPlanes
let inner: string[]
let redraws: number
let tool: TurnTool

beforeEach(() => {
  planes = VIEW_PLANES
  inner = []
  redraws = 0
  const within = new Proxy({} as Tool, { get: (_, name) => () => inner.push(String(name)) })
  tool = new TurnTool(within, {
    crosshairLpsMm: CENTRE,
    isNavigating: true,
    get planes() {
      return planes
    },
    turn: (next) => {
      planes = next
    },
    redrawCrosshair: () => redraws++,
  })
})

/** A pointer so far from the crosshair in the coronal view, at an angle clockwise from its right. */
function at(degrees: number, part: Partial<ToolPointer> = {}): ToolPointer {
  const { right, up } = planes.coronal
  const angle = (degrees * Math.PI) / 180
  const pointLpsMm = addScaled(addScaled(CENTRE, right, 60 * Math.cos(angle)), up, -60 * Math.sin(angle))
  const pane = { id: 'second', plane: 'coronal' } as const
  const rest = { pointerId: 1, isTouch: false, button: 0, shift: false, ctrl: false, alt: false } as const
  return { pane, at: [0, 0], pointLpsMm, ...rest, ...part }
}

it('turns the lines with the pointer, in whole degrees, from wherever the handle was taken', () => {
  tool.down(at(91, { isOnHandle: true }))
  tool.move(at(91 + 27.4))
  expect(toLineDegrees(planes, 'coronal')).toBeCloseTo(27, 9)
  expect(planes.coronal).toBe(VIEW_PLANES.coronal)
  tool.move(at(91 + 1.2))
  expect(planes).toBe(VIEW_PLANES)
  tool.move(at(91 - 33))
  tool.up(at(91 - 33))
  tool.move(at(20))
  expect(toLineDegrees(planes, 'coronal')).toBeCloseTo(-33, 9)
  expect(inner).toEqual(['move'])
})

it('makes double-oblique planes of two turns', () => {
  planes = turnLines(VIEW_PLANES, 'axial', 20)
  tool.down(at(0, { isOnHandle: true }))
  tool.move(at(40))
  tool.up(at(40))
  expect(planes.coronal).toEqual(turnLines(VIEW_PLANES, 'axial', 20).coronal)
  expect(toLineDegrees(planes, 'coronal')).toBeCloseTo(40, 9)
})

it('crosses the left of the view without a jump', () => {
  tool.down(at(178, { isOnHandle: true }))
  tool.move(at(-172))
  expect(toLineDegrees(planes, 'coronal')).toBeCloseTo(10, 9)
})

it('leaves all else to the tool that it lies around', () => {
  tool.down(at(0))
  tool.move(at(20))
  tool.up(at(20))
  tool.down(at(0, { isOnHandle: true, button: 2 }))
  tool.wheel(at(0), 100)
  expect(inner).toEqual(['down', 'move', 'up', 'down', 'wheel'])
  expect(planes).toBe(VIEW_PLANES)
})

it('hears one finger while it turns, and no wheel', () => {
  tool.down(at(0, { isOnHandle: true, isTouch: true, pointerId: 7 }))
  tool.move(at(30, { pointerId: 8, isTouch: true }))
  tool.wheel(at(0), 100)
  expect(planes).toBe(VIEW_PLANES)
  tool.move(at(30, { pointerId: 7, isTouch: true }))
  expect(toLineDegrees(planes, 'coronal')).toBeCloseTo(30, 9)
  tool.abandon()
  tool.move(at(60, { pointerId: 7, isTouch: true }))
  expect(toLineDegrees(planes, 'coronal')).toBeCloseTo(30, 9)
  expect(inner).toEqual(['abandon', 'move'])
})
