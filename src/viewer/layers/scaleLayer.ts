import { lengthOf } from '../../domain/geometry/vector.ts'
import { addStroke } from './addStroke.ts'
import { type Layer, type PaneGeometry, toLayerElement } from './layer.ts'

const SVG = 'http://www.w3.org/2000/svg'
const LENGTHS_MM = [1, 2, 5, 10, 20, 50, 100, 200]
/** The longest of the lengths that takes no more of the view's width, so that the middle of the border stays free too. */
const LARGEST_SHARE = 0.3
/** From the right edge, beside the slider, and from the bottom, CSS pixels. */
const RIGHT_PX = 26
const BOTTOM_PX = 7
const TICK_PX = 5

/** Length of the bar in mm, and into how many parts its ticks divide it; null where not even 1 mm has room. */
export function chooseScale(mmAPixel: number, widthPx: number): { readonly mm: number; readonly parts: number } | null {
  const mm = LENGTHS_MM.findLast((length) => length / mmAPixel <= LARGEST_SHARE * widthPx)
  if (mm === undefined) return null
  return { mm, parts: String(mm).startsWith('2') ? 2 : mm === 1 ? 1 : mm === 10 ? 2 : mm >= 50 ? mm / 10 : 5 }
}

const toLabel = (mm: number): string => (mm >= 10 ? `${mm / 10} cm` : `${mm} mm`)

/** A bar of round length at the lower right border, true in the plane of the view. */
export class ScaleLayer implements Layer {
  readonly id = 'scale'
  readonly element = toLayerElement(document.createElementNS(SVG, 'svg'), this.id)
  readonly #strokes = [addStroke(this.element, 'rgb(0 0 0 / 0.6)', 3), addStroke(this.element, 'rgb(232 237 242)', 1)]
  readonly #label = document.createElementNS(SVG, 'text')

  constructor() {
    const look = { fill: 'rgb(232 237 242)', stroke: 'rgb(0 0 0 / 0.7)', 'stroke-width': '3', 'paint-order': 'stroke' }
    for (const [name, value] of Object.entries(look)) this.#label.setAttribute(name, value)
    Object.assign(this.#label.style, { font: '0.6875rem system-ui, sans-serif', textAnchor: 'end' })
    this.element.append(this.#label)
  }

  draw({ width, height, toRaster }: PaneGeometry): void {
    const mmAPixel = lengthOf(toRaster(1).stepXLpsMm)
    const scale = chooseScale(mmAPixel, width)
    const lengthPx = scale ? scale.mm / mmAPixel : 0
    const [right, y] = [Math.round(width - RIGHT_PX) + 0.5, Math.round(height - BOTTOM_PX) + 0.5]
    const left = right - lengthPx
    const ticks = Array.from({ length: (scale?.parts ?? -1) + 1 }, (_, n) => {
      const isEnd = n === 0 || n === scale?.parts
      return `M${left + (lengthPx * n) / scale!.parts} ${y}v${-(isEnd ? TICK_PX : TICK_PX - 2)}`
    })
    for (const path of this.#strokes) path.setAttribute('d', scale ? `M${left} ${y}H${right}${ticks.join('')}` : '')
    this.#label.textContent = scale ? toLabel(scale.mm) : ''
    this.#label.setAttribute('x', String(right))
    this.#label.setAttribute('y', String(y - TICK_PX - 3))
  }
}
