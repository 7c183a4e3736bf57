import { type RefObject, useEffect, useRef } from 'react'
import { useApp } from '../appContext.ts'
import styles from './pane.module.css'

const ZOOM = 2.5
const SIDE_PX = 208
/** Above a finger, which would hide it. */
const FINGER_PX = 120
/** What a view draws of the scan itself, lowest first. */
const PICTURES = 'canvas:not([data-overlay]), canvas[data-overlay="slab"], canvas[data-overlay="still"]'

/** The part of the place about a point, enlarged, without what lies over the picture. */
function drawLens(lens: HTMLCanvasElement, place: HTMLElement, [x, y]: readonly [number, number]): void {
  const context = lens.getContext('2d')!
  const unit = globalThis.devicePixelRatio
  const side = Math.round(SIDE_PX * unit)
  if (lens.width !== side) Object.assign(lens, { width: side, height: side })
  context.fillStyle = '#000'
  context.fillRect(0, 0, side, side)
  const bounds = place.getBoundingClientRect()
  for (const picture of place.querySelectorAll<HTMLCanvasElement>(PICTURES)) {
    const { width, height, left, top } = picture.getBoundingClientRect()
    if (width * height === 0 || getComputedStyle(picture).display === 'none') continue
    const [ratioX, ratioY] = [picture.width / width, picture.height / height]
    const half = SIDE_PX / ZOOM / 2
    const [fromX, fromY] = [x + bounds.left - left - half, y + bounds.top - top - half]
    context.drawImage(picture, fromX * ratioX, fromY * ratioY, 2 * half * ratioX, 2 * half * ratioY, 0, 0, side, side)
  }
}

function useLens(
  place: RefObject<HTMLDivElement | null>,
  lens: RefObject<HTMLCanvasElement | null>,
  isOn: boolean,
): void {
  useEffect(() => {
    const [element, canvas] = [place.current, lens.current]
    if (!isOn || !element || !canvas) return
    let at: readonly [number, number] | null = null
    let frame = 0
    const draw = () => {
      if (at) drawLens(canvas, element, at)
      frame = requestAnimationFrame(draw)
    }
    const follow = ({ clientX, clientY, pointerType }: PointerEvent) => {
      const { left, top } = element.getBoundingClientRect()
      at = [clientX - left, clientY - top]
      canvas.style.left = `${at[0] - SIDE_PX / 2}px`
      canvas.style.top = `${at[1] - SIDE_PX / 2 - (pointerType === 'touch' ? FINGER_PX : 0)}px`
      canvas.style.visibility = 'visible'
      // As long as the pointer rests there, what is scrolled to is seen in it.
      if (frame === 0) draw()
    }
    const leave = () => {
      at = null
      cancelAnimationFrame(frame)
      frame = 0
      canvas.style.visibility = 'hidden'
    }
    element.addEventListener('pointermove', follow)
    element.addEventListener('pointerleave', leave)
    return () => {
      leave()
      element.removeEventListener('pointermove', follow)
      element.removeEventListener('pointerleave', leave)
    }
  }, [place, lens, isOn])
}

/** A lens under the pointer. */
export function Magnifier({ place }: { readonly place: RefObject<HTMLDivElement | null> }) {
  const isOn = useApp(({ view }) => view.isMagnified)
  const lens = useRef<HTMLCanvasElement>(null)
  useLens(place, lens, isOn)
  return (
    isOn && (
      <canvas
        ref={lens}
        className={styles.lens}
        style={{ width: SIDE_PX, height: SIDE_PX, visibility: 'hidden' }}
        data-lens
        data-testid="lens"
      />
    )
  )
}
