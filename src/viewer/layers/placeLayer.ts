import { cross, dot, lengthOf, scale, subtract } from '../../domain/geometry/vector.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import { type Layer, type PaneGeometry, type PlaneRaster, toLayerElement } from './layer.ts'

const SVG = 'http://www.w3.org/2000/svg'
const RADIUS_PX = 11
/** A place is marked in the slices around it, as far as a lesion of usual size reaches, and everywhere in a slab. */
const DEPTH_MM = 8

/** Distance of a point from the plane that a raster lies in, mm. */
export function toDepthMm({ originLpsMm, stepXLpsMm, stepYLpsMm }: PlaneRaster, pointLpsMm: Vec3): number {
  const normal = cross(stepXLpsMm, stepYLpsMm)
  return Math.abs(dot(scale(normal, 1 / lengthOf(normal)), subtract(pointLpsMm, originLpsMm)))
}

/** A ring around each place that cases are searched by. */
export class PlaceLayer implements Layer {
  readonly id = 'places'
  readonly element = toLayerElement(document.createElementNS(SVG, 'svg'), this.id)
  readonly #toPlaces: () => readonly Vec3[]

  constructor(toPlaces: () => readonly Vec3[]) {
    this.#toPlaces = toPlaces
  }

  draw({ toCanvas, toRaster, halfThicknessMm }: PaneGeometry): void {
    const raster = toRaster(1)
    const depthMm = Math.max(DEPTH_MM, halfThicknessMm)
    const near = this.#toPlaces().filter((place) => toDepthMm(raster, place) <= depthMm)
    this.element.replaceChildren(
      ...near.flatMap((place) => {
        const at = toCanvas(place)
        return [toRing(at, 'rgb(0 0 0 / 0.5)', 3.5), toRing(at, 'rgb(94 200 240)', 1.5)]
      }),
    )
  }
}

function toRing([x, y]: readonly [number, number], color: string, widthPx: number): SVGCircleElement {
  const ring = document.createElementNS(SVG, 'circle')
  for (const [name, value] of Object.entries({ cx: x, cy: y, r: RADIUS_PX, stroke: color, 'stroke-width': widthPx }))
    ring.setAttribute(name, String(value))
  ring.setAttribute('fill', 'none')
  return ring
}
