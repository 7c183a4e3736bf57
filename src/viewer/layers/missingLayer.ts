import type { Grid } from '../../domain/geometry/grid.ts'
import type { MissingMask } from '../../domain/volume/measuredLayers.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import { type Layer, type PaneGeometry, type PlaneRaster, toLayerElement } from './layer.ts'
import { type MissingBounds, paintMissing } from './missingPlane.ts'

/** A slab of a pane: half its thickness, in layers. */
export type ToReach = (normal: Vec3) => number

export interface ShownMissing {
  readonly grid: Grid
  /** Null where nothing is missing. */
  readonly missing: MissingMask | null
}

/** Rim of the words, CSS pixels. */
const MARGIN_PX = 4
const FONT_PX = 12
const FONT = `600 ${FONT_PX}px sans-serif`
/** Room for the letter of the side at the edge of the view. */
const LETTER_PX = 24

/** Hatches where nothing was measured in the plane or the slab of a pane, over the picture and its heat, and says so. */
export class MissingLayer implements Layer {
  readonly id = 'missing'
  readonly element = toLayerElement(document.createElement('canvas'), this.id)
  readonly #toShown: () => ShownMissing | null
  readonly #toReach: ToReach
  readonly #context = this.element.getContext('2d')
  #mask: MissingMask | null = null
  #drawn = ''

  constructor(toShown: () => ShownMissing | null, toReach: ToReach) {
    this.#toShown = toShown
    this.#toReach = toReach
  }

  /** Costs nothing where nothing is missing; else it is drawn again where the plane has changed. */
  draw({ toRaster, normal }: PaneGeometry): void {
    const shown = this.#toShown()
    const missing = shown?.missing ?? null
    this.element.style.display = missing ? '' : 'none'
    if (!shown || !missing) return
    const raster = toRaster(1)
    const reach = this.#toReach(normal)
    const wanted = JSON.stringify([raster, reach])
    if (wanted !== this.#drawn || missing !== this.#mask) this.#paint(shown.grid, missing, raster, reach)
    this.#drawn = wanted
    this.#mask = missing
  }

  #paint(grid: Grid, missing: MissingMask, raster: PlaneRaster, reach: number): void {
    const { width, height } = raster
    if (this.element.width !== width) this.element.width = width
    if (this.element.height !== height) this.element.height = height
    const image = new ImageData(width, height)
    const bounds = paintMissing(grid, missing, raster, image.data, reach)
    this.#context?.putImageData(image, 0, 0)
    if (bounds && this.#context) writeWords(this.#context, bounds)
  }
}

/** In the middle of the gap where there is room, else at its left: outside the picture where that leaves room. */
function writeWords(context: CanvasRenderingContext2D, { left, right, top, bottom }: MissingBounds): void {
  context.font = FONT
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const words = 'slice missing'
  const width = context.measureText(words).width + 2 * MARGIN_PX
  const height = FONT_PX + 2 * MARGIN_PX
  const isWide = bottom - top > 2 * height && right - left > width
  const beside = left > width + LETTER_PX ? left - width / 2 : left + width / 2
  const x = isWide ? (left + right) / 2 : beside
  const y = (top + bottom) / 2
  context.fillStyle = 'rgb(0 0 0 / 0.75)'
  context.fillRect(x - width / 2, y - height / 2, width, height)
  context.fillStyle = 'rgb(226 172 77)'
  context.fillText(words, x, y)
}
