import type { Pane } from '../../domain/layout/layout.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'

/** A place in a view, CSS pixels from its top left. */
export type CanvasPoint = readonly [number, number]

/** Where the pixels of a raster lie in the patient: centre of pixel (0, 0) and one pixel's step along x and y, LPS mm. */
export interface PlaneRaster {
  readonly width: number
  readonly height: number
  readonly originLpsMm: Vec3
  readonly stepXLpsMm: Vec3
  readonly stepYLpsMm: Vec3
}

/** How a pane shows the patient now. */
export interface PaneGeometry {
  readonly pane: Pick<Pane, 'id' | 'plane'>
  /** Size of the pane in CSS pixels, both more than 0. */
  readonly width: number
  readonly height: number
  /** Unit vector across the plane that is shown, LPS. */
  readonly normal: Vec3
  /** Those of the views of the other two orientations, at right angles to it. */
  readonly otherNormals: readonly [Vec3, Vec3]
  /** Half the thickness of the slab that is shown; 0 of a slice. */
  readonly halfThicknessMm: number
  toCanvas(pointLpsMm: Vec3): CanvasPoint
  /** A raster over the whole pane with one pixel for so many CSS pixels. */
  toRaster(cssPxAPixel: number): PlaneRaster
}

/** A drawing over the picture of one pane. It knows what it draws; when it is drawn, and over what, it is told. */
export interface Layer {
  readonly id: string
  /** Fills the pane and lets the pointer through. */
  readonly element: HTMLElement | SVGElement
  draw(geometry: PaneGeometry): void
}

const LOOK = { position: 'absolute', inset: '0', width: '100%', height: '100%', pointerEvents: 'none' }

/** An element for a layer: it fills the pane, hidden from assistive technology, which has the read-outs. */
export function toLayerElement<E extends HTMLElement | SVGElement>(element: E, id: string): E {
  element.setAttribute('aria-hidden', 'true')
  element.setAttribute('data-overlay', id)
  Object.assign(element.style, LOOK)
  return element
}
