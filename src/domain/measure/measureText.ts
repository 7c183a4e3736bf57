import { isLessSure, type NoduleReading, REPEAT_SHARE } from '../nodule/noduleReading.ts'
import { formatSlab } from '../slab/slab.ts'
import type { Measure, MeasureKind, MeasureShape } from './measure.ts'
import { toPlaneName } from './measure.ts'
import type { MeasureUnit, MeasureValue } from './readMeasure.ts'

export const KIND_NAMES: Readonly<Record<MeasureKind, string>> = {
  length: 'Length',
  bidirectional: 'Bidirectional',
  ellipse: 'Ellipse',
  rectangle: 'Rectangle',
  freehand: 'Freehand',
  angle: 'Angle',
  probe: 'Probe',
  arrow: 'Arrow',
  nodule: 'Nodule',
}

const UNITS: Readonly<Record<MeasureUnit, string>> = { mm: ' mm', mm2: ' mm²', mm3: ' mm³', deg: '°', HU: ' HU' }

/** Millimetres and degrees to a tenth, areas and volumes of 100 and more and HU to a whole number. */
function formatValue({ value, unit }: MeasureValue): string {
  const digits = unit === 'HU' || (/^mm[23]$/.test(unit) && value >= 100) ? 0 : 1
  const text = value.toFixed(digits)
  return `${Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')}${UNITS[unit]}`
}

/** What stands beside the drawing, a line each; HU of a slab say of which. */
export function toLines(
  values: readonly MeasureValue[],
  { slab, nodule }: Pick<MeasureShape, 'slab' | 'nodule'>,
): string[] {
  if (nodule) return toNoduleLines(values, nodule)
  const ofSlab = slab && values.some(({ unit }) => unit === 'HU') ? [`in ${formatSlab(slab)}`] : []
  return [...toNumbers(values), ...ofSlab]
}

/** "solid, 523 mm³ ± 25 %", then its core, size and density. */
function toNoduleLines(values: readonly MeasureValue[], nodule: NoduleReading): string[] {
  const of = (name: MeasureValue['name']) => values.find((one) => one.name === name)
  const [volume, long, short, core, diameter, mean] = (
    ['volume', 'long axis', 'short axis', 'core volume', 'diameter', 'mean'] as const
  ).map(of)
  const error = `± ${100 * REPEAT_SHARE} %${isLessSure(nodule) ? ' or more' : ''}`
  const size = long && short ? [`${formatValue(long)} × ${formatValue(short)}`] : []
  return [
    `${nodule.kind}${volume ? `, ${formatValue(volume)}` : ''} ${error}`,
    ...(core ? [`solid core ${formatValue(core)}`] : []),
    ...(diameter ? [`⌀ ${formatValue(diameter)}`] : []),
    ...size,
    ...(mean ? [`mean ${formatValue(mean)}`] : []),
  ]
}

function toNumbers(values: readonly MeasureValue[]): string[] {
  const [first, second] = values
  if (!first) return []
  if (first.name === 'long axis') {
    const volume = values.find(({ name }) => name === 'volume')
    return [`${formatValue(first)} × ${formatValue(second)}`, ...(volume ? [formatValue(volume)] : [])]
  }
  const of = (name: MeasureValue['name']) => values.find((one) => one.name === name)
  const [mean, sd, min, max] = [of('mean'), of('SD'), of('min'), of('max')]
  if (!mean || !sd || !min || !max) return [formatValue(first)]
  const bare = (value: MeasureValue) => formatValue(value).replace(' HU', '')
  return [formatValue(first), `mean ${bare(mean)} ± ${formatValue(sd)}`, `${bare(min)} … ${formatValue(max)}`]
}

/** "Nodule left: 12.3 mm": what it is called and its numbers. */
export function toNamedNumbers(measure: Measure, values: readonly MeasureValue[]): string {
  const name = measure.label || KIND_NAMES[measure.kind]
  const numbers = toLines(values, measure).join(', ')
  return numbers ? `${name}: ${numbers}` : name
}

/** One line for a report: "Nodule RUL: 12.3 mm × 8.1 mm (axial, z −542.8 mm)". */
export function toReportLine(measure: Measure, values: readonly MeasureValue[]): string {
  const [x, y, z] = measure.points[0].map((mm) => mm.toFixed(1).replace('-', '−'))
  return `${toNamedNumbers(measure, values)} (${toPlaneName(measure.plane)}, L ${x} P ${y} S ${z} mm)`
}
