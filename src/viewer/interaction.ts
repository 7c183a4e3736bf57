import { TouchGesture } from './touchGesture.ts'

/** A place in a view, CSS pixels from its top left. */
export type CanvasPoint = readonly [number, number]

/** What a person does to one view with pointer and wheel. Distances are CSS pixels since the last call. */
export interface ViewInput {
  onActivate(): void
  /** Positive is the wheel turned towards the user. */
  onWheel(slices: number): void
  onWindowDrag(dx: number, dy: number): void
  onPan(dx: number, dy: number): void
  /** Positive makes the picture larger. The anchor stays where it is on screen. */
  onZoom(dy: number, anchor: CanvasPoint): void
  /** Enlarges by a factor, as two fingers do. */
  onScale(factor: number, anchor: CanvasPoint): void
  onPoint(at: CanvasPoint): void
  /** Null when the pointer has left. */
  onHover(at: CanvasPoint | null): void
}

type DragKind = 'window' | 'pan' | 'zoom'
const DRAG_OF_BUTTON: readonly DragKind[] = ['window', 'pan', 'zoom']

/** A press that moves less is a click. */
const CLICK_SLACK_PX = 4
/** A wheel notch arrives as one large step, a touchpad as many small ones that are added up to one slice. */
const NOTCH_PX = 50
const TOUCHPAD_PX_A_SLICE = 24
const LINE_PX = 40

interface Drag {
  readonly kind: DragKind
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

function toCanvasPoint(element: HTMLElement, event: MouseEvent): CanvasPoint {
  const box = element.getBoundingClientRect()
  return [event.clientX - box.left, event.clientY - box.top]
}

function continueDrag(drag: Drag, at: CanvasPoint, input: ViewInput): void {
  if (!drag.isMoving && Math.hypot(at[0] - drag.start[0], at[1] - drag.start[1]) < CLICK_SLACK_PX) return
  drag.isMoving = true
  const [dx, dy] = [at[0] - drag.last[0], at[1] - drag.last[1]]
  drag.last = at
  if (drag.kind === 'window') input.onWindowDrag(dx, dy)
  else if (drag.kind === 'pan') input.onPan(dx, dy)
  else input.onZoom(dy, drag.start)
}

/**
 * Left drag: window. Middle drag: pan. Right drag: zoom. Click: crosshair; with Shift it follows the pointer.
 * Wheel: slices, with Ctrl (also a pinch on a touchpad): zoom. Fingers: see TouchGesture. Returns the undoing.
 */
export function listenToView(element: HTMLElement, input: ViewInput): () => void {
  const listening = new AbortController()
  const { signal } = listening
  let drag: Drag | null = null
  let wheelRestPx = 0
  const touch = new TouchGesture(input)

  const onPointerDown = (event: PointerEvent) => {
    input.onActivate()
    if (event.pointerType === 'touch') return touch.down(event.pointerId, toCanvasPoint(element, event))
    const kind = DRAG_OF_BUTTON[event.button]
    if (drag || !kind) return
    // Else a middle press starts the browser's own scrolling.
    if (event.button === 1) event.preventDefault()
    element.setPointerCapture(event.pointerId)
    const start = toCanvasPoint(element, event)
    drag = { kind, start, last: start, isMoving: false }
    if (event.shiftKey && kind === 'window') input.onPoint(start)
  }
  const onPointerMove = (event: PointerEvent) => {
    const at = toCanvasPoint(element, event)
    if (event.pointerType === 'touch') return touch.move(event.pointerId, at)
    input.onHover(at)
    if (event.shiftKey && (!drag || drag.kind === 'window')) input.onPoint(at)
    else if (drag) continueDrag(drag, at, input)
  }
  const onPointerUp = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return touch.up(event.pointerId, toCanvasPoint(element, event))
    if (drag?.kind === 'window' && !drag.isMoving) input.onPoint(toCanvasPoint(element, event))
    drag = null
  }
  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    input.onActivate()
    const deltaPx = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_PX : event.deltaY
    if (event.ctrlKey) return input.onZoom(-deltaPx, toCanvasPoint(element, event))
    const turned = toWheelSlices(deltaPx, wheelRestPx)
    wheelRestPx = turned.restPx
    if (turned.slices !== 0) input.onWheel(turned.slices)
    input.onHover(toCanvasPoint(element, event))
  }
  const abandonDrag = (event: PointerEvent) => {
    touch.cancel(event.pointerId)
    drag = null
  }
  element.addEventListener('pointerdown', onPointerDown, { signal })
  element.addEventListener('pointermove', onPointerMove, { signal })
  element.addEventListener('pointerup', onPointerUp, { signal })
  element.addEventListener('pointercancel', abandonDrag, { signal })
  element.addEventListener('pointerleave', () => input.onHover(null), { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  element.addEventListener('wheel', onWheel, { signal, passive: false })
  return () => listening.abort()
}
