import { useEffect, useRef } from 'react'
import type { SlicePicture } from '../../state/deskState.ts'
import { useApp } from '../appContext.ts'
import { formatPatient } from '../text/formatIdentity.ts'
import styles from './stage.module.css'

/** Of the four bytes of a pixel, the last is its opacity on every processor that runs a browser. */
const [OPAQUE, GREY] = [0xff_00_00_00, 0x01_01_01]

function draw(canvas: HTMLCanvasElement, { size: [width, height], grey }: SlicePicture): void {
  Object.assign(canvas, { width, height })
  const image = new ImageData(width, height)
  const pixels = new Uint32Array(image.data.buffer)
  for (const [n, value] of grey.entries()) pixels[n] = OPAQUE | (value * GREY)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
}

/** One slice of the study that is being opened, named as its own file names it. */
export function FirstSlice() {
  const picture = useApp((state) => state.desk.firstSlice)
  const isIdentityShown = useApp((state) => state.view.isIdentityShown)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (picture && canvas.current) draw(canvas.current, picture)
  }, [picture])
  if (!picture) return null
  const { size, pixelAspect, title, identity } = picture
  const whose = [isIdentityShown ? formatPatient(identity) : null, title].filter(Boolean).join(' · ')
  return (
    <figure className={styles.firstSlice} data-testid="first-slice">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`A slice of the scan that is being opened: ${whose}`}
        style={{ aspectRatio: `${size[0]} / ${size[1] * pixelAspect}` }}
      />
      <figcaption>
        {whose === '' ? 'A slice of it, the rest follows' : `${whose} · one slice, the rest follows`}
      </figcaption>
    </figure>
  )
}
