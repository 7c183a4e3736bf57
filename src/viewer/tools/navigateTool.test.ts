import { beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_MOUSE, type MouseBindings } from '../../domain/layout/mouse.ts'
import type { CanvasPoint } from '../layers/layer.ts'
import { NavigateTool, toWheelSlices } from './navigateTool.ts'
import type { ToolControls, ToolPointer } from './tool.ts'
import { toDraggedWindow } from './windowDrag.ts'

let calls: unknown[][]
let tool: NavigateTool
let mouse: MouseBindings

beforeEach(() => {
  calls = []
  mouse = DEFAULT_MOUSE
  const controls = new Proxy({} as ToolControls, {
    get: (_, name) => (name === 'mouse' ? mouse : (...args: unknown[]) => calls.push([name, ...args])),
  })
  tool = new NavigateTool(controls)
})

const pointer = (at: CanvasPoint, part: Partial<ToolPointer> = {}): ToolPointer => ({
  pane: { id: 'axial', plane: 'axial' },
  at,
  pointLpsMm: [at[0], at[1], 7],
  pointerId: 1,
  isTouch: false,
  button: 0,
  shift: false,
  ctrl: false,
  alt: false,
  ...part,
})

/** A press from one place over others to the last, where it ends. */
function drag(path: readonly CanvasPoint[], part: Partial<ToolPointer> = {}): void {
  tool.down(pointer(path[0], part))
  for (const at of path.slice(1)) tool.move(pointer(at, { ...part, button: -1 }))
  tool.up(pointer(path[path.length - 1], part))
}

describe('a mouse', () => {
  it('drags the window with the left button, moves the picture with the middle one and zooms with the right one', () => {
    const path = [
      [50, 50],
      [60, 55],
      [65, 50],
    ] as const
    drag(path)
    drag(path, { button: 1 })
    expect(calls).toEqual([
      ['dragWindow', 10, 5],
      ['dragWindow', 5, -5],
      ['pan', 'axial', 10, 5],
      ['pan', 'axial', 5, -5],
    ])
    calls = []
    drag(path, { button: 2 })
    expect(calls).toEqual([
      ['zoom', 'axial', 1.006 ** 5, [50, 50]],
      ['zoom', 'axial', 1.006 ** -5, [50, 50]],
    ])
  })

  it('does with its buttons and its wheel what a reader has chosen; a click of the left one still points', () => {
    mouse = { left: 'scroll', middle: 'zoom', right: 'window', wheel: 'zoom' }
    drag([
      [50, 50],
      [50, 59],
      [50, 65],
    ])
    drag(
      [
        [50, 50],
        [60, 55],
      ],
      { button: 2 },
    )
    drag([[70, 70]])
    tool.wheel(pointer([5, 5]), 10)
    tool.wheel(pointer([5, 5], { ctrl: true }), 100)
    expect(calls).toEqual([
      ['scroll', 'axial', 1],
      ['scroll', 'axial', 1],
      ['dragWindow', 10, 5],
      ['pointTo', [70, 70, 7]],
      ['zoom', 'axial', 1.006 ** -10, [5, 5]],
      ['scroll', 'axial', 1],
    ])
  })

  it('points where it is clicked, also with a hand that is not quite still, and nowhere at the end of a drag', () => {
    drag([
      [50, 50],
      [52, 51],
    ])
    expect(calls).toEqual([['pointTo', [52, 51, 7]]])
    calls = []
    drag([[50, 50]], { button: 2 })
    expect(calls).toEqual([])
  })

  it('points wherever it is moved with Shift, pressed or not', () => {
    tool.move(pointer([10, 10], { shift: true }))
    tool.down(pointer([20, 20], { shift: true }))
    tool.move(pointer([30, 30], { shift: true }))
    expect(calls).toEqual([
      ['pointTo', [10, 10, 7]],
      ['pointTo', [20, 20, 7]],
      ['pointTo', [30, 30, 7]],
    ])
  })

  it('turned towards the user counts slices up in every view, zooms with Ctrl, and makes slabs thinner with Alt', () => {
    tool.wheel(pointer([5, 5]), 100)
    tool.wheel(pointer([5, 5], { pane: { id: 'second', plane: 'coronal' } }), 100)
    tool.wheel(pointer([5, 5], { ctrl: true }), 10)
    tool.wheel(pointer([5, 5], { alt: true }), 100)
    tool.wheel(pointer([5, 5], { alt: true }), -100)
    expect(calls).toEqual([
      ['scroll', 'axial', 1],
      ['scroll', 'second', 1],
      ['zoom', 'axial', 1.006 ** -10, [5, 5]],
      ['thicken', 'axial', -1],
      ['thicken', 'axial', 1],
    ])
  })

  it('lets go of a press that was abandoned', () => {
    tool.down(pointer([50, 50]))
    tool.abandon()
    tool.move(pointer([80, 80]))
    tool.up(pointer([80, 80]))
    expect(calls).toEqual([])
  })
})

describe('fingers', () => {
  const finger = (pointerId: number, at: CanvasPoint, part: Partial<ToolPointer> = {}) =>
    pointer(at, { isTouch: true, pointerId, ...part })

  it('point with a tap, turn slices with a stroke and zoom with two', () => {
    tool.down(finger(1, [50, 50]))
    tool.up(finger(1, [50, 50]))
    tool.down(finger(2, [50, 50]))
    tool.move(finger(2, [50, 66]))
    tool.up(finger(2, [50, 66]))
    tool.down(finger(3, [100, 100]))
    tool.down(finger(4, [200, 100]))
    tool.move(finger(4, [300, 100]))
    expect(calls).toEqual([
      ['pointTo', [50, 50, 7]],
      ['scroll', 'axial', 2],
      ['pan', 'axial', 50, 0],
      ['zoom', 'axial', 2, [200, 100]],
    ])
  })

  it('on two panes do not make a pinch', () => {
    const other = { pane: { id: 'coronal', plane: 'coronal' } } as const
    tool.down(finger(1, [100, 100]))
    tool.down(finger(2, [100, 100], other))
    tool.move(finger(2, [100, 116], other))
    expect(calls).toEqual([['scroll', 'coronal', 2]])
  })
})

describe('the wheel', () => {
  it('moves one slice a notch however large the system makes it', () => {
    expect(toWheelSlices(120, 0)).toEqual({ slices: 1, restPx: 0 })
    expect(toWheelSlices(-480, 10)).toEqual({ slices: -1, restPx: 0 })
  })

  it('adds up the small steps of a touchpad', () => {
    let restPx = 0
    let moved = 0
    for (let n = 0; n < 12; n++) {
      const turned = toWheelSlices(8, restPx)
      restPx = turned.restPx
      moved += turned.slices
    }
    expect(moved).toBe(4)
  })

  it('forgets the rest when the direction turns', () => {
    expect(toWheelSlices(-8, 20)).toEqual({ slices: 0, restPx: -8 })
  })
})

describe('dragging the window', () => {
  it('widens to the right and darkens downwards, faster for wide windows', () => {
    expect(toDraggedWindow({ widthHu: 1600, centerHu: -600 }, 10, 5)).toEqual({ widthHu: 1640, centerHu: -580 })
    expect(toDraggedWindow({ widthHu: 400, centerHu: 40 }, 10, 5)).toEqual({ widthHu: 410, centerHu: 45 })
  })

  it('never turns the window inside out', () => {
    expect(toDraggedWindow({ widthHu: 100, centerHu: 0 }, -5000, 0).widthHu).toBe(1)
  })
})
