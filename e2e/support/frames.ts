import type { Page } from '@playwright/test'

/** What one view showed in one frame. */
export interface PictureFrame {
  readonly view: string
  /** The volume that the view says is visible; null while the view is hidden. */
  readonly volumeId: string | null
  /** A still of the last volume covers the drawing. */
  readonly isStill: boolean
  /** Mean grey value 0…255 of the middle of what is visible; null while the view is hidden. */
  readonly mean: number | null
  /** The lines of the crosshair as an SVG path. */
  readonly crosshair: string
}

/** Begins to read every view's pixels in every animation frame; `stopFrames` gives what was read. */
export async function startFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const side = 16
    const small = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!
    const toMean = (canvas: HTMLCanvasElement): number => {
      const { width, height } = canvas
      small.clearRect(0, 0, side, side)
      small.drawImage(canvas, width * 0.4, height * 0.4, width * 0.2, height * 0.2, 0, 0, side, side)
      const { data } = small.getImageData(0, 0, side, side)
      return data.reduce((sum, value, n) => (n % 4 === 1 ? sum + value : sum), 0) / (side * side)
    }
    const frames: PictureFrame[] = []
    const state = { frames, isOn: true }
    Object.assign(window, { voxctFrames: state })
    const read = () => {
      for (const host of document.querySelectorAll<HTMLElement>('[data-view]')) {
        const isVisible = getComputedStyle(host).visibility === 'visible'
        const still = host.querySelector<HTMLCanvasElement>('[data-overlay="still"]')
        const drawing = still ?? host.querySelector<HTMLCanvasElement>('canvas.cornerstone-canvas')
        frames.push({
          view: host.dataset.view ?? '',
          volumeId: host.dataset.volumeId ?? null,
          isStill: still !== null,
          mean: isVisible && drawing && drawing.width > 0 ? toMean(drawing) : null,
          crosshair: host.querySelector('[data-overlay="crosshair"] path')?.getAttribute('d') ?? '',
        })
      }
      if (state.isOn) requestAnimationFrame(read)
    }
    requestAnimationFrame(read)
  })
}

export async function stopFrames(page: Page): Promise<PictureFrame[]> {
  return page.evaluate(() => {
    const { voxctFrames } = window as unknown as { voxctFrames: { frames: PictureFrame[]; isOn: boolean } }
    voxctFrames.isOn = false
    return voxctFrames.frames
  })
}
