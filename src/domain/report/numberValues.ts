import type { MeasureUnit, MeasureValue } from '../measure/readMeasure.ts'
import type { SrNumber } from './srReport.ts'

/** UCUM units that measures have, and what one is of them. */
const UNITS: Readonly<Record<string, readonly [MeasureUnit, number]>> = {
  mm: ['mm', 1],
  cm: ['mm', 10],
  mm2: ['mm2', 1],
  cm2: ['mm2', 100],
  mm3: ['mm3', 1],
  cm3: ['mm3', 1000],
  ml: ['mm3', 1000],
  deg: ['deg', 1],
  "[hnsf'U]": ['HU', 1],
  HU: ['HU', 1],
}

/** Names by concept or derivation: SNOMED CT, and the SRT codes of older reports (R-00317 is the mean). */
const NAMES: Readonly<Record<string, MeasureValue['name']>> = {
  '410668003': 'length',
  'G-D7FE': 'length',
  '103339001': 'long axis',
  'G-A185': 'long axis',
  '103340004': 'short axis',
  'G-A186': 'short axis',
  '1483009': 'angle',
  '285285000': 'angle',
  '42798000': 'area',
  'G-A166': 'area',
  '118565006': 'volume',
  'G-D705': 'volume',
  '81827009': 'diameter',
  'M-02550': 'diameter',
  '373098007': 'mean',
  'R-00317': 'mean',
  '386136009': 'SD',
  'R-10047': 'SD',
  '255605001': 'min',
  'R-404FB': 'min',
  '56851009': 'max',
  'G-A437': 'max',
  '112031': 'value',
}

/** What a unit can be called where the concept is none of those. */
const NAME_OF_UNIT: Readonly<Record<MeasureUnit, MeasureValue['name'] | null>> = {
  mm: null,
  mm2: null,
  mm3: null,
  deg: 'angle',
  HU: 'value',
}

/** A number of a report as one of a measure; one of another kind as words. */
export function toValue({ concept, derivation, value, unit }: SrNumber): MeasureValue | string {
  const known = UNITS[unit]
  const name =
    (derivation && NAMES[derivation.value]) ?? NAMES[concept.value] ?? (known ? NAME_OF_UNIT[known[0]] : null)
  if (known && name) return { name, value: value * known[1], unit: known[0] }
  const what = derivation ? `${concept.meaning} (${derivation.meaning})` : concept.meaning
  return `${what} ${Number(value.toPrecision(6))} ${unit === '1' ? '' : unit}`.trim()
}
