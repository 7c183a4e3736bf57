import type { Grid } from '../domain/geometry/grid.ts'
import { paintHeat } from './heatColors.ts'
import { type HeatField, type PlaneRaster, sampleHeatPlane } from './heatPlane.ts'

/** CSS pixels a sample; the browser smooths between them, and heat is far coarser than that. */
export const HEAT_PX_A_SAMPLE = 3

/** Canvas over one view that shows heat on the view's plane. */
export class HeatOverlay2d {
  readonly element = document.createElement('canvas')
  readonly #context = this.element.getContext('2d')
  #shares = new Float32Array(0)
  #drawn = ''

  constructor() {
    this.element.setAttribute('aria-hidden', 'true')
    Object.assign(this.element.style, {
      position: 'absolute',
      inset: '0',
      width: '100%',
      height: '100%',
      pointerEvents: 'none',
      zIndex: '2',
    })
  }

  hide(): void {
    this.element.style.display = 'none'
    this.#drawn = ''
  }

  /** Draws again only where the heat or the plane has changed; a change of the window leaves both. */
  draw(heat: HeatField, heatSerial: number, opacity: number, volume: Grid, raster: PlaneRaster): void {
    this.element.style.display = ''
    this.element.style.opacity = String(Math.min(1, Math.max(0, opacity)))
    const wanted = JSON.stringify([heatSerial, raster])
    if (wanted === this.#drawn || !this.#context || raster.width * raster.height === 0) return
    this.#drawn = wanted
    if (this.element.width !== raster.width) this.element.width = raster.width
    if (this.element.height !== raster.height) this.element.height = raster.height
    const pixelCount = raster.width * raster.height
    if (this.#shares.length !== pixelCount) this.#shares = new Float32Array(pixelCount)
    sampleHeatPlane(heat, volume, raster, this.#shares)
    const image = new ImageData(raster.width, raster.height)
    paintHeat(this.#shares, image.data)
    this.#context.putImageData(image, 0, 0)
  }
}
