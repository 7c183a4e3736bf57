import { cross, lengthOf, scale } from '../../domain/geometry/vector.ts'
import { toHandles } from '../../domain/measure/editMeasure.ts'
import type { MeasureColor, MeasureShape } from '../../domain/measure/measure.ts'
import { toLines } from '../../domain/measure/measureText.ts'
import { toOutline } from '../../domain/measure/outline.ts'
import type { MeasureValue } from '../../domain/measure/readMeasure.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import { isInPlane, liesIn, type MeasureBench } from '../tools/measureBench.ts'
import { toLabelPlace } from './labelPlace.ts'
import { type CanvasPoint, type Layer, type PaneGeometry, toLayerElement } from './layer.ts'
import { toBorderLines } from './noduleLines.ts'

const SVG = 'http://www.w3.org/2000/svg'
const COLORS: Readonly<Record<MeasureColor, string>> = {
  yellow: '#ffd84d',
  cyan: '#5ad1f0',
  green: '#6fdc8c',
  magenta: '#f58bd8',
  orange: '#ffa14d',
}
/** Of a report: no colour of the reader's own. */
const REPORTED = '#c9d3de'
const FONT_PX = 12
const LINE_HEIGHT_PX = 15
/** Mean width of a letter, by its height. */
const LETTER_SHARE = 0.56
const HANDLE_RADIUS_PX = 4
const ARROW_PX = 11

export interface MeasureLayerSource {
  readonly bench: MeasureBench
  toHalfStepMm(normal: Vec3): number
  readValues(shape: MeasureShape): readonly MeasureValue[]
}

interface Drawn {
  readonly shape: MeasureShape
  readonly color: string
  readonly lines: readonly string[]
  readonly isSelected: boolean
  /** Where the slice cuts a nodule: pieces of a line. */
  readonly border: readonly (readonly Vec3[])[]
  /** False where the lines of a nodule lie in another slice. */
  readonly hasLines: boolean
  /** Of a structured report: dashed, without handles. */
  readonly isReported?: true
}

const UNCUT = { border: [], hasLines: true } as const

/** The measures that lie in the slice of a pane, with their numbers; of the chosen one its handles as well. */
export class MeasureLayer implements Layer {
  readonly id = 'measures'
  readonly element = toLayerElement(document.createElementNS(SVG, 'svg'), this.id)
  readonly #source: MeasureLayerSource

  constructor(source: MeasureLayerSource) {
    this.#source = source
  }

  draw(geometry: PaneGeometry): void {
    this.element.replaceChildren(...this.#toDrawn(geometry).flatMap((drawn) => toElements(drawn, geometry)))
  }

  #toDrawn({ toRaster }: PaneGeometry): readonly Drawn[] {
    const { bench } = this.#source
    const { originLpsMm, stepXLpsMm, stepYLpsMm } = toRaster(1)
    const across = cross(stepXLpsMm, stepYLpsMm)
    const normal = scale(across, 1 / lengthOf(across))
    const plane = { normal, pointLpsMm: originLpsMm, toleranceMm: this.#source.toHalfStepMm(normal) }
    const kept = bench.of(plane).flatMap(({ measure, values }): Drawn[] => {
      const lines = [...(measure.label ? [measure.label] : []), ...toLines(values, measure)]
      const border = measure.nodule ? toBorderLines(measure.nodule.border, plane) : []
      if (measure.nodule && border.length === 0) return []
      const hasLines = !measure.nodule || liesIn(measure, plane)
      const isSelected = measure.id === bench.selectedId
      return [{ shape: measure, color: COLORS[measure.color], lines, isSelected, border, hasLines }]
    })
    const reported = bench.reported
      .filter(({ shape }) => isInPlane(shape, plane))
      .map(({ id, name, shape, values }): Drawn => {
        const lines = [...(name ? [name] : []), ...toLines(values, shape)]
        return { ...UNCUT, shape, color: REPORTED, lines, isSelected: id === bench.selectedId, isReported: true }
      })
    const { draft } = bench
    if (!draft || !isInPlane(draft, plane)) return [...reported, ...kept]
    const of = bench.items.find(({ measure }) => measure.id === bench.draftOf)?.measure
    const values = draft.kind === 'freehand' ? [] : toLines(this.#source.readValues(draft), draft)
    return [
      ...reported,
      ...kept,
      { ...UNCUT, shape: draft, color: COLORS[of?.color ?? 'yellow'], lines: values, isSelected: true },
    ]
  }
}

function toElements(
  { shape, color, lines, isSelected, isReported, border, hasLines }: Drawn,
  { toCanvas, width, height }: PaneGeometry,
): SVGElement[] {
  const chains = [...(hasLines ? toOutline(shape) : []), ...border].map((chain) => chain.map(toCanvas))
  const path = [...chains, ...(shape.kind === 'arrow' ? [toArrowHead(chains[0])] : [])].map(toPath).join('')
  const dots = (isSelected && !isReported) || shape.kind === 'probe' ? toHandles(shape).map(toCanvas) : []
  return [
    createPath(path, 'rgb(0 0 0 / 0.6)', 3.5),
    createPath(path, color, isSelected ? 2 : 1.5, isReported && '5 3'),
    ...dots.map((at) => createDot(at, color)),
    ...toLabel(lines, chains.flat(), color, width, height),
  ]
}

const toPath = (chain: readonly CanvasPoint[]): string =>
  chain.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('')

/** Two short lines back from the tip, the first point. */
function toArrowHead([tip, tail]: readonly CanvasPoint[]): readonly CanvasPoint[] {
  const turn = Math.atan2(tail[1] - tip[1], tail[0] - tip[0])
  const back = (by: number): CanvasPoint => [
    tip[0] + ARROW_PX * Math.cos(turn + by),
    tip[1] + ARROW_PX * Math.sin(turn + by),
  ]
  return [back(0.45), tip, back(-0.45)]
}

function create<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: object): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

const createPath = (d: string, stroke: string, width: number, dashes?: string) => {
  const line = { d, stroke, 'stroke-width': width, fill: 'none', 'stroke-linecap': 'round' }
  return create('path', dashes ? { ...line, 'stroke-dasharray': dashes } : line)
}

const createDot = ([cx, cy]: CanvasPoint, color: string) =>
  create('circle', { cx, cy, r: HANDLE_RADIUS_PX, fill: color, stroke: 'rgb(0 0 0 / 0.7)', 'stroke-width': 1 })

/** A line of text each, beside the drawing and within the pane. */
function toLabel(
  lines: readonly string[],
  points: readonly CanvasPoint[],
  color: string,
  paneWidth: number,
  paneHeight: number,
): SVGElement[] {
  if (lines.length === 0) return []
  const size = {
    width: Math.max(...lines.map((line) => line.length)) * FONT_PX * LETTER_SHARE,
    height: lines.length * LINE_HEIGHT_PX,
  }
  const [x, top] = toLabelPlace(points, size, [paneWidth, paneHeight])
  return lines.map((line, n) => {
    const text = create('text', {
      x,
      y: top + n * LINE_HEIGHT_PX + FONT_PX,
      fill: color,
      stroke: 'rgb(0 0 0 / 0.85)',
      'stroke-width': 3,
      'paint-order': 'stroke',
      'font-size': FONT_PX,
      'font-family': 'sans-serif',
    })
    text.textContent = line
    return text
  })
}
