import type { Vec3 } from '../../domain/volume/volume.ts'
import { addStroke } from './addStroke.ts'
import { type CanvasPoint, type Layer, type PaneGeometry, toLayerElement } from './layer.ts'

const SVG = 'http://www.w3.org/2000/svg'
/** Half the gap, so that the place that is pointed at stays free: 30 mm of a chest in a view of 800 px. */
const GAP_PX = 32
/** Cornerstone projects in single precision: a point set at pixel 330 comes back as 329.9999. */
const PROJECTION_ERROR_PX = 1e-3

/** Thin cross with a gap in its middle. */
export class CrosshairLayer implements Layer {
  readonly id = 'crosshair'
  readonly element = toLayerElement(document.createElementNS(SVG, 'svg'), this.id)
  readonly #toPoint: () => Vec3 | null
  readonly #shadow = addStroke(this.element, 'rgb(0 0 0 / 0.25)', 3)
  readonly #line = addStroke(this.element, 'rgb(245 196 81 / 0.75)', 1)

  constructor(toPoint: () => Vec3 | null) {
    this.#toPoint = toPoint
    this.element.setAttribute('shape-rendering', 'crispEdges')
  }

  draw({ toCanvas, width, height }: PaneGeometry): void {
    const point = this.#toPoint()
    const path = point ? toCrossPath(toCanvas(point), width, height) : ''
    this.#shadow.setAttribute('d', path)
    this.#line.setAttribute('d', path)
  }
}

/** Four strokes from the edges towards the point; half pixels keep one-pixel lines sharp. */
export function toCrossPath([atX, atY]: CanvasPoint, width: number, height: number): string {
  const x = Math.floor(atX + PROJECTION_ERROR_PX) + 0.5
  const y = Math.floor(atY + PROJECTION_ERROR_PX) + 0.5
  return [
    `M0 ${y}H${Math.max(0, x - GAP_PX)}`,
    `M${Math.min(width, x + GAP_PX)} ${y}H${width}`,
    `M${x} 0V${Math.max(0, y - GAP_PX)}`,
    `M${x} ${Math.min(height, y + GAP_PX)}V${height}`,
  ].join('')
}
