import { BUTTONS, type MouseBindings, type MouseDrag } from '../../domain/layout/mouse.ts'
import type { CanvasPoint, Layer } from '../layers/layer.ts'
import type { Tool, ToolControls, ToolPointer } from './tool.ts'
import { TouchGesture } from './touchGesture.ts'

/** A drag of so many pixels goes on by a slice. */
const DRAG_PX_A_SLICE = 6

const ZOOM_PER_PX = 1.006
/** A press that moves less is a click. */
const CLICK_SLACK_PX = 4
/** A wheel notch arrives as one large step, a touchpad as many small ones that are added up to one slice. */
const NOTCH_PX = 50
const TOUCHPAD_PX_A_SLICE = 24

interface Drag {
  readonly kind: MouseDrag
  readonly isLeft: boolean
  readonly paneId: string
  readonly start: CanvasPoint
  last: CanvasPoint
  isMoving: boolean
}

/** Whole slices of a wheel event, and what is left over for the next. */
export function toWheelSlices(deltaPx: number, restPx: number): { readonly slices: number; readonly restPx: number } {
  if (Math.abs(deltaPx) >= NOTCH_PX) return { slices: Math.sign(deltaPx), restPx: 0 }
  const sumPx = Math.sign(deltaPx) === Math.sign(restPx) ? restPx + deltaPx : deltaPx
  const slices = Math.trunc(sumPx / TOUCHPAD_PX_A_SLICE) + 0
  return { slices, restPx: sumPx - slices * TOUCHPAD_PX_A_SLICE }
}

/**
 * The tool that a reader begins with. Left drag: window. Middle drag: pan. Right drag: zoom. Click: crosshair; with Shift
 * it follows the pointer. Wheel: slices, with Ctrl (also a pinch on a touchpad): zoom, with Alt: thickness of the slab, thicker away
 * from the user. Fingers: see TouchGesture.
 */
export class NavigateTool implements Tool {
  readonly id = 'navigate'
  readonly cursor = 'crosshair'
  readonly #controls: ToolControls
  #drag: Drag | null = null
  #wheelRestPx = 0
  /** By pane; fingers on two panes do not disturb each other. */
  readonly #touches = new Map<string, TouchGesture>()

  constructor(controls: ToolControls) {
    this.#controls = controls
  }

  down(pointer: ToolPointer): void {
    const { pane, at, isTouch, pointerId, button, shift, pointLpsMm } = pointer
    if (isTouch) {
      this.#touchOf(pane).down(pointerId, at)
      return
    }
    const name = BUTTONS[button]
    const kind = name && this.#mouse[name]
    if (this.#drag || !kind) return
    this.#drag = { kind, isLeft: name === 'left', paneId: pane.id, start: at, last: at, isMoving: false }
    if (shift && name === 'left') this.#controls.pointTo(pointLpsMm)
  }

  move(pointer: ToolPointer): void {
    const { pane, isTouch, pointerId, at, shift, pointLpsMm } = pointer
    if (isTouch) this.#touchOf(pane).move(pointerId, at)
    else if (shift && (!this.#drag || this.#drag.isLeft)) this.#controls.pointTo(pointLpsMm)
    else if (this.#drag) this.#continue(this.#drag, at)
  }

  up(pointer: ToolPointer): void {
    const { pane, isTouch, pointerId, pointLpsMm } = pointer
    const isClick = isTouch ? this.#touchOf(pane).up(pointerId) : this.#drag?.isLeft && !this.#drag.isMoving
    if (!isTouch) this.#drag = null
    if (isClick) this.#controls.pointTo(pointLpsMm)
  }

  wheel({ pane, at, ctrl, alt }: ToolPointer, deltaPx: number): void {
    if (ctrl === (this.#mouse.wheel === 'scroll')) {
      this.#controls.zoom(pane.id, ZOOM_PER_PX ** -deltaPx, at)
      return
    }
    const turned = toWheelSlices(deltaPx, this.#wheelRestPx)
    this.#wheelRestPx = turned.restPx
    if (turned.slices === 0) return
    if (alt) this.#controls.thicken(pane.id, -turned.slices)
    else this.#controls.scroll(pane.id, turned.slices)
  }

  get #mouse(): MouseBindings {
    return this.#controls.mouse
  }

  abandon(): void {
    this.#drag = null
    this.#touches.clear()
  }

  createLayers(): readonly Layer[] {
    return []
  }

  #continue(drag: Drag, at: CanvasPoint): void {
    if (!drag.isMoving && Math.hypot(at[0] - drag.start[0], at[1] - drag.start[1]) < CLICK_SLACK_PX) return
    drag.isMoving = true
    const [dx, dy] = [at[0] - drag.last[0], at[1] - drag.last[1]]
    if (drag.kind === 'scroll') {
      const slices = Math.trunc(dy / DRAG_PX_A_SLICE)
      if (slices === 0) return
      drag.last = [at[0], drag.last[1] + slices * DRAG_PX_A_SLICE]
      this.#controls.scroll(drag.paneId, slices)
      return
    }
    drag.last = at
    if (drag.kind === 'window') this.#controls.dragWindow(dx, dy)
    else if (drag.kind === 'pan') this.#controls.pan(drag.paneId, dx, dy)
    else this.#controls.zoom(drag.paneId, ZOOM_PER_PX ** dy, drag.start)
  }

  #touchOf(pane: ToolPointer['pane']): TouchGesture {
    const known = this.#touches.get(pane.id)
    if (known) return known
    const gesture = new TouchGesture({
      onStroke: (slices) => this.#controls.scroll(pane.id, slices),
      onPan: (dx, dy) => this.#controls.pan(pane.id, dx, dy),
      onScale: (factor, anchor) => this.#controls.zoom(pane.id, factor, anchor),
    })
    this.#touches.set(pane.id, gesture)
    return gesture
  }
}
