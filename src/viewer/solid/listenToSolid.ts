import type { SolidEvents } from './solidViewer.ts'

const DEGREES_A_PX = 0.5
const ZOOM_PER_PX = 1.0015

/** A drag turns, the wheel enlarges. Returns the undoing. */
export function listenToSolid(element: HTMLElement, { onTurn, onZoom }: SolidEvents): () => void {
  const listening = new AbortController()
  const { signal } = listening
  let last: readonly [number, number] | null = null
  const end = () => {
    last = null
  }
  element.addEventListener(
    'pointerdown',
    (event) => {
      element.setPointerCapture(event.pointerId)
      last = [event.clientX, event.clientY]
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      if (!last) return
      const [x, y] = last
      last = [clientX, clientY]
      onTurn((x - clientX) * DEGREES_A_PX, (clientY - y) * DEGREES_A_PX)
    },
    { signal },
  )
  for (const type of ['pointerup', 'pointercancel'] as const) element.addEventListener(type, end, { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      onZoom(ZOOM_PER_PX ** -event.deltaY)
    },
    { signal, passive: false },
  )
  return () => listening.abort()
}
