import type { CDPSession, Page } from '@playwright/test'
import { type GreyPicture, readPng } from './png.ts'

/** A box of the page as shares of its width and height. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What the page looked like from one moment on. */
export interface Frame {
  /** When it arrived here, ms since the epoch: the time that comes with it is that of its beginning, seconds before a blocked page drew it. */
  readonly atMs: number
  readonly png: Buffer
}

/** Larger pictures would measure the screencast's own encoder. */
const LARGEST = { maxWidth: 640, maxHeight: 400 }

/** Every frame that the compositor makes of a page: the same probe for whatever draws it, and however. */
export class Screencast {
  readonly frames: Frame[] = []
  #wake: () => void = () => undefined

  private constructor(private readonly session: CDPSession) {
    session.on('Page.screencastFrame', ({ data, sessionId }) => {
      void session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
      this.frames.push({ atMs: Date.now(), png: Buffer.from(data, 'base64') })
      this.#wake()
    })
  }

  static async start(page: Page): Promise<Screencast> {
    const cast = new Screencast(await page.context().newCDPSession(page))
    await cast.session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1, ...LARGEST })
    return cast
  }

  /** The next frame, or null after the patience. */
  next(patienceMs: number): Promise<Frame | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), patienceMs)
      this.#wake = () => {
        clearTimeout(timer)
        this.#wake = () => undefined
        resolve(this.frames.at(-1) ?? null)
      }
    })
  }

  async stop(): Promise<void> {
    await this.session.send('Page.stopScreencast')
    await this.session.detach()
  }
}

/** The pixels of a frame in a box. */
export function cut(frame: Frame, box: Box): Uint8Array {
  const picture: GreyPicture = readPng(frame.png)
  const [left, right] = [box.left, box.left + box.width].map((share) => Math.round(share * picture.width))
  const [top, bottom] = [box.top, box.top + box.height].map((share) => Math.round(share * picture.height))
  const rows = Array.from({ length: bottom - top }, (_, n) => {
    const start = (top + n) * picture.width
    return picture.grey.subarray(start + left, start + right)
  })
  return Uint8Array.from(Buffer.concat(rows))
}

/** The middle half of a box: letters, rulers and menus stand at its edges. */
export const middleOf = ({ left, top, width, height }: Box): Box => ({
  left: left + width / 4,
  top: top + height / 4,
  width: width / 2,
  height: height / 2,
})

export function spreadOf(pixels: Uint8Array): number {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length
  return Math.sqrt(pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length)
}

export const differenceOf = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, n) => sum + Math.abs(value - b[n]), 0) / a.length
