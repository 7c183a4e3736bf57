import type { Grid } from '../../domain/geometry/grid.ts'
import type { HeatStyle } from '../viewer.ts'
import { HEAT_COLORS, paintHeat } from './heatColors.ts'
import { type HeatField, sampleHeatPlane } from './heatPlane.ts'
import { traceIsoLines } from './isoLines.ts'
import { type Layer, type PaneGeometry, type PlaneRaster, toLayerElement } from './layer.ts'

/** CSS pixels a sample; the browser smooths between them, and heat is far coarser than that. */
const PX_A_SAMPLE = 3
/** Contours go around places at these shares of the hottest one. */
const CONTOUR_LEVELS = [0.5, 0.8]
/** So that a line is seen over lung and bone alike. */
const LINE_PX = 1.5
const HALO_PX = 3

export interface ShownHeat {
  readonly field: HeatField
  /** Another number for every other heat. */
  readonly serial: number
  /** 0…1. */
  readonly opacity: number
  readonly style: HeatStyle
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
    const opacity = Math.min(1, Math.max(0, heat.opacity))
    // Lines cover little, and half an opacity hides them.
    this.element.style.opacity = String(heat.style === 'fog' ? opacity : Math.sqrt(opacity))
    const raster = toRaster(PX_A_SAMPLE)
    const wanted = JSON.stringify([heat.serial, heat.style, raster])
    if (wanted !== this.#drawn) this.#paint(heat, raster)
    this.#drawn = wanted
  }

  #paint(heat: ShownHeat, raster: PlaneRaster): void {
    const pixelCount = raster.width * raster.height
    if (this.#shares.length !== pixelCount) this.#shares = new Float32Array(pixelCount)
    sampleHeatPlane(heat.field, heat.volume, raster, this.#shares)
    if (heat.style === 'fog') this.#paintFog(raster)
    else this.#paintContours(heat.field.strength, raster)
  }

  #resize(width: number, height: number): void {
    if (this.element.width !== width) this.element.width = width
    if (this.element.height !== height) this.element.height = height
  }

  #paintFog(raster: PlaneRaster): void {
    this.#resize(raster.width, raster.height)
    const image = new ImageData(raster.width, raster.height)
    paintHeat(this.#shares, image.data)
    this.#context?.putImageData(image, 0, 0)
  }

  /** Finer than the samples, since lines have edges. */
  #paintContours(strength: number, { width, height }: PlaneRaster): void {
    const scale = PX_A_SAMPLE * Math.max(1, globalThis.devicePixelRatio)
    this.#resize(Math.round(width * scale), Math.round(height * scale))
    const context = this.#context
    if (!context) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, this.element.width, this.element.height)
    context.setTransform(scale, 0, 0, scale, scale / 2, scale / 2)
    for (const level of CONTOUR_LEVELS.map((share) => share * strength)) {
      const path = toPath(traceIsoLines(this.#shares, width, height, level))
      const strokes = [
        ['rgb(0 0 0 / 0.7)', HALO_PX],
        [toLineColor(level), LINE_PX],
      ] as const
      for (const [color, px] of strokes) {
        context.strokeStyle = color
        context.lineWidth = px / PX_A_SAMPLE
        context.stroke(path)
      }
    }
  }
}

function toPath(lines: readonly number[]): Path2D {
  const path = new Path2D()
  for (let n = 0; n < lines.length; n += 4) {
    path.moveTo(lines[n], lines[n + 1])
    path.lineTo(lines[n + 2], lines[n + 3])
  }
  return path
}

/** The colour that fog has there, opaque. */
function toLineColor(share: number): string {
  const at = 4 * Math.round(share * (HEAT_COLORS.length / 4 - 1))
  return `rgb(${HEAT_COLORS.slice(at, at + 3).join(' ')})`
}
