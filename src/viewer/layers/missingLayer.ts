import type { Grid } from '../../domain/geometry/grid.ts'
import type { MissingMask } from '../../domain/volume/measuredLayers.ts'
import { type Layer, type PaneGeometry, type PlaneRaster, toLayerElement } from './layer.ts'
import { paintMissing } from './missingPlane.ts'

export interface ShownMissing {
  readonly grid: Grid
  /** Null where nothing is missing. */
  readonly missing: MissingMask | null
}

/** Rim of the words, CSS pixels. */
const MARGIN_PX = 4
const FONT = '600 12px sans-serif'

/** Hatches what was not measured in the plane of a pane, over the picture and its heat, and says so. */
export class MissingLayer implements Layer {
  readonly id = 'missing'
  readonly element = toLayerElement(document.createElement('canvas'), this.id)
  readonly #toShown: () => ShownMissing | null
  readonly #context = this.element.getContext('2d')
  #mask: MissingMask | null = null
  #drawn = ''

  constructor(toShown: () => ShownMissing | null) {
    this.#toShown = toShown
  }

  /** Costs nothing where nothing is missing; else it is drawn again where the plane has changed. */
  draw({ toRaster }: PaneGeometry): void {
    const shown = this.#toShown()
    const missing = shown?.missing ?? null
    this.element.style.display = missing ? '' : 'none'
    if (!shown || !missing) return
    const raster = toRaster(1)
    const wanted = JSON.stringify(raster)
    if (wanted !== this.#drawn || missing !== this.#mask) this.#paint(shown.grid, missing, raster)
    this.#drawn = wanted
    this.#mask = missing
  }

  #paint(grid: Grid, missing: MissingMask, raster: PlaneRaster): void {
    const { width, height } = raster
    if (this.element.width !== width) this.element.width = width
    if (this.element.height !== height) this.element.height = height
    const image = new ImageData(width, height)
    const bounds = paintMissing(grid, missing, raster, image.data)
    this.#context?.putImageData(image, 0, 0)
    if (bounds && this.#context) writeWords(this.#context, (bounds.left + bounds.right) / 2, bounds.top, bounds.bottom)
  }
}

/** In the middle of what is hatched where there is room, else above it. */
function writeWords(context: CanvasRenderingContext2D, x: number, top: number, bottom: number): void {
  context.font = FONT
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const words = 'slice missing'
  const width = context.measureText(words).width + 2 * MARGIN_PX
  const height = 12 + 2 * MARGIN_PX
  const y = bottom - top > 2 * height ? (top + bottom) / 2 : Math.max(height / 2, top - height / 2)
  context.fillStyle = 'rgb(0 0 0 / 0.75)'
  context.fillRect(x - width / 2, y - height / 2, width, height)
  context.fillStyle = 'rgb(226 172 77)'
  context.fillText(words, x, y)
}
