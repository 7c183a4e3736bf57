import type { CanvasPoint } from './layers/layer.ts'

/** An event of the pointer over one view, as the browser tells it. */
export interface ViewPointer {
  readonly at: CanvasPoint
  readonly pointerId: number
  readonly isTouch: boolean
  readonly button: number
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  /** Over a part of a layer that can be taken. */
  readonly isOnHandle?: true
}

/** Hears all that the pointer does over one view. */
export interface ViewListener {
  onDown(pointer: ViewPointer): void
  onMove(pointer: ViewPointer): void
  onUp(pointer: ViewPointer): void
  /** Positive is the wheel turned towards the user. */
  onWheel(pointer: ViewPointer, deltaPx: number): void
  onLeave(): void
  /** The browser has taken the pointer for something else. */
  onCancel(): void
}

const LINE_PX = 40

function toViewPointer(element: HTMLElement, event: PointerEvent | WheelEvent): ViewPointer {
  const box = element.getBoundingClientRect()
  return {
    at: [event.clientX - box.left, event.clientY - box.top],
    pointerId: 'pointerId' in event ? event.pointerId : -1,
    isTouch: 'pointerType' in event && event.pointerType === 'touch',
    button: event.button,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    ...(event.target instanceof Element && event.target.closest('[data-handle]') && { isOnHandle: true as const }),
  }
}

/** Keeps the browser's own scrolling, zoom and menu off a view and tells the listener what happens. Returns the undoing. */
export function listenToView(element: HTMLElement, listener: ViewListener): () => void {
  const listening = new AbortController()
  const { signal } = listening
  const onPointerDown = (event: PointerEvent) => {
    // Else a middle press starts the browser's own scrolling.
    if (event.button === 1) event.preventDefault()
    // Touches are bound to their element as it is.
    if (event.pointerType !== 'touch') element.setPointerCapture(event.pointerId)
    listener.onDown(toViewPointer(element, event))
  }
  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    const isInLines = event.deltaMode === WheelEvent.DOM_DELTA_LINE
    listener.onWheel(toViewPointer(element, event), isInLines ? event.deltaY * LINE_PX : event.deltaY)
  }
  element.addEventListener('pointerdown', onPointerDown, { signal })
  // A pointer that rests enters where what lay over the view is taken away.
  for (const type of ['pointerenter', 'pointermove'] as const)
    element.addEventListener(type, (event) => listener.onMove(toViewPointer(element, event)), { signal })
  element.addEventListener('pointerup', (event) => listener.onUp(toViewPointer(element, event)), { signal })
  element.addEventListener('pointercancel', () => listener.onCancel(), { signal })
  element.addEventListener('pointerleave', () => listener.onLeave(), { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  element.addEventListener('wheel', onWheel, { signal, passive: false })
  return () => listening.abort()
}
