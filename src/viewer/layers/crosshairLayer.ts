import type { Vec3 } from '../../domain/volume/volume.ts'
import type { ViewerPane } from '../viewer.ts'
import { addStroke } from './addStroke.ts'
import { type HalfLine, toHalfLines } from './crossLines.ts'
import { type CanvasPoint, type Layer, type PaneGeometry, toLayerElement } from './layer.ts'

const SVG = 'http://www.w3.org/2000/svg'
const GOLD = 'rgb(245 196 81)'
const DOT_PX = 5
/** What can be taken around a dot: by a mouse, and by a finger (44 px). */
const REACH_PX = globalThis.matchMedia?.('(pointer: coarse)').matches ? 22 : 11
const LABEL_PX = 18

/** What the lines of the crosshair need to know. */
export interface CrosshairSource {
  readonly crosshairLpsMm: Vec3 | null
  /** The lines can be taken. */
  readonly isNavigating: boolean
  /** The view whose lines are in the hand, and how far they are turned there. */
  readonly turning: { readonly paneId: string; readonly degrees: number } | null
  /** Lays the lines along a view. */
  align(pane: ViewerPane): void
}

function create<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: object): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

/** A dot on a line by which it is turned; it stays in the page, since a finger is bound to what it touched. */
function createHandle(): SVGGElement {
  const handle = create('g', { 'data-handle': 'turn', 'shape-rendering': 'auto' })
  Object.assign(handle.style, { pointerEvents: 'auto', cursor: 'grab', touchAction: 'none' })
  const title = create('title', {})
  title.textContent = 'Drag: turn the planes of the other views. Double click: along this view again'
  handle.append(
    title,
    create('circle', { r: REACH_PX, fill: 'transparent' }),
    create('circle', { r: DOT_PX, fill: 'rgb(0 0 0 / 0.45)', stroke: GOLD, 'stroke-width': 1.5 }),
  )
  return handle
}

/** Where the planes of the other views cut a view: two thin lines with a gap in their middle, and handles that turn them. */
export class CrosshairLayer implements Layer {
  readonly id = 'crosshair'
  readonly element = toLayerElement(document.createElementNS(SVG, 'svg'), this.id)
  readonly #source: CrosshairSource
  readonly #shadow = addStroke(this.element, 'rgb(0 0 0 / 0.25)', 3)
  readonly #line = addStroke(this.element, 'rgb(245 196 81 / 0.75)', 1)
  readonly #handles = [createHandle(), createHandle(), createHandle(), createHandle()]
  readonly #label = create('text', {
    fill: GOLD,
    stroke: 'rgb(0 0 0 / 0.85)',
    'stroke-width': 3,
    'paint-order': 'stroke',
    'font-size': 13,
    'font-family': 'sans-serif',
    'text-anchor': 'middle',
  })
  #pane: ViewerPane | null = null

  constructor(source: CrosshairSource) {
    this.#source = source
    this.element.append(...this.#handles, this.#label)
    for (const handle of this.#handles)
      handle.addEventListener('dblclick', (event) => {
        // Else the view would become large.
        event.stopPropagation()
        if (this.#pane) source.align(this.#pane)
      })
  }

  draw(geometry: PaneGeometry): void {
    this.#pane = geometry.pane
    const point = this.#source.crosshairLpsMm
    const lines = point ? toHalfLines(geometry, point) : []
    const path = lines.map(toPath).join('')
    for (const stroke of [this.#shadow, this.#line]) {
      stroke.setAttribute('d', path)
      stroke.setAttribute('shape-rendering', lines.every(isAlong) ? 'crispEdges' : 'auto')
    }
    for (const [n, handle] of this.#handles.entries())
      place(handle, this.#source.isNavigating ? (lines[n]?.handle ?? null) : null)
    this.#write(geometry.pane, point && geometry.toCanvas(point))
  }

  #write({ id }: ViewerPane, at: CanvasPoint | null): void {
    const { turning } = this.#source
    this.#label.textContent = turning?.paneId === id ? `${turning.degrees.toFixed(0).replace('-', '−')}°` : ''
    this.#label.setAttribute('x', String(at?.[0] ?? 0))
    this.#label.setAttribute('y', String((at?.[1] ?? 0) - LABEL_PX))
  }
}

const toPath = ({ from, to }: HalfLine): string => `M${from[0]} ${from[1]}L${to[0]} ${to[1]}`

const isAlong = ({ from, to }: HalfLine): boolean => from[0] === to[0] || from[1] === to[1]

function place(handle: SVGGElement, at: CanvasPoint | null): void {
  handle.style.display = at ? '' : 'none'
  if (at) handle.setAttribute('transform', `translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`)
}
