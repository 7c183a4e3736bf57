const LAYERS_LOOK = { position: 'absolute', left: '0', top: '0', pointerEvents: 'none', overflow: 'hidden' }
/** Over Cornerstone's own canvases, which take 0 and 1. */
const Z_INDEX = '2'

/**
 * What lies over the drawing of one view: its overlays and, while another volume is brought into the view, a still of
 * what was drawn. Held, the layers keep their size in pixels, whatever becomes of the view.
 */
export class PictureLayers {
  readonly element = document.createElement('div')
  #still: HTMLCanvasElement | null = null

  constructor(overlays: readonly Element[]) {
    Object.assign(this.element.style, LAYERS_LOOK, { zIndex: Z_INDEX })
    this.element.append(...overlays)
    this.letGo()
  }

  get isHeld(): boolean {
    return this.#still !== null
  }

  /** Covers the drawing with a copy of it. Width and height of the view in CSS pixels. */
  hold(drawing: HTMLCanvasElement, width: number, height: number): void {
    const still = document.createElement('canvas')
    still.width = drawing.width
    still.height = drawing.height
    still.getContext('2d')?.drawImage(drawing, 0, 0)
    still.setAttribute('aria-hidden', 'true')
    still.dataset.overlay = 'still'
    // The drawing's own scaling, so that the copy looks the same where device and canvas pixels differ.
    Object.assign(still.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' })
    still.style.imageRendering = drawing.style.imageRendering
    Object.assign(this.element.style, { width: `${width}px`, height: `${height}px` })
    this.element.prepend(still)
    this.#still = still
  }

  letGo(): void {
    this.#still?.remove()
    this.#still = null
    Object.assign(this.element.style, { width: '100%', height: '100%' })
  }
}
