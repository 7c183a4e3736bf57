import type { Grid } from '../../domain/geometry/grid.ts'
import { paintHeat } from './heatColors.ts'
import { type HeatField, sampleHeatPlane } from './heatPlane.ts'
import { type Layer, type PaneGeometry, type PlaneRaster, toLayerElement } from './layer.ts'

/** CSS pixels a sample; the browser smooths between them, and heat is far coarser than that. */
const PX_A_SAMPLE = 3

export interface ShownHeat {
  readonly field: HeatField
  /** Another number for every other heat. */
  readonly serial: number
  /** 0…1. */
  readonly opacity: number
  /** The volume that the heat is of. */
  readonly volume: Grid
}

/** Heat on the plane of a pane. */
export class HeatLayer implements Layer {
  readonly id = 'heat'
  readonly element = toLayerElement(document.createElement('canvas'), this.id)
  readonly #toHeat: () => ShownHeat | null
  readonly #context = this.element.getContext('2d')
  #shares = new Float32Array(0)
  #drawn = ''

  constructor(toHeat: () => ShownHeat | null) {
    this.#toHeat = toHeat
  }

  /** Draws again only where the heat or the plane has changed; a change of the window leaves both. */
  draw({ toRaster }: PaneGeometry): void {
    const heat = this.#toHeat()
    this.element.style.display = heat ? '' : 'none'
    if (!heat) return
    this.element.style.opacity = String(Math.min(1, Math.max(0, heat.opacity)))
    const raster = toRaster(PX_A_SAMPLE)
    const wanted = JSON.stringify([heat.serial, raster])
    if (wanted !== this.#drawn) this.#paint(heat, raster)
    this.#drawn = wanted
  }

  #paint({ field, volume }: ShownHeat, raster: PlaneRaster): void {
    if (this.element.width !== raster.width) this.element.width = raster.width
    if (this.element.height !== raster.height) this.element.height = raster.height
    const pixelCount = raster.width * raster.height
    if (this.#shares.length !== pixelCount) this.#shares = new Float32Array(pixelCount)
    sampleHeatPlane(field, volume, raster, this.#shares)
    const image = new ImageData(raster.width, raster.height)
    paintHeat(this.#shares, image.data)
    this.#context?.putImageData(image, 0, 0)
  }
}
