import type { Measure } from '../measure/measure.ts'
import { KIND_NAMES, toLines } from '../measure/measureText.ts'
import type { MeasureValue, ReadMeasure } from '../measure/readMeasure.ts'
import { formatSlab } from '../slab/slab.ts'
import { CODE, type Code, toFindingCode, UNIT } from './codes.ts'
import { type Item, toCoded, toContainer, toImage, toNumber, toText, toUid } from './contentItem.ts'
import { type Graphic, type Place, toCoordinateItem, toGraphics, toTouchedSlices } from './coordinates.ts'

/** A measure of a plane between images names at most this many as its source; a longer reach is told by the image library. */
const MOST_SOURCES = 2

/** No code says that a volume is that of a nodule's solid part: it stands in the comment. */
const CONCEPT: Readonly<
  Record<Exclude<MeasureValue['name'], 'core volume'>, readonly [concept: Code, derivation: Code | null]>
> = {
  length: [CODE.length, null],
  'long axis': [CODE.longAxis, null],
  'short axis': [CODE.shortAxis, null],
  angle: [CODE.angle, null],
  area: [CODE.area, null],
  volume: [CODE.volume, null],
  diameter: [CODE.diameter, null],
  value: [CODE.attenuation, null],
  mean: [CODE.attenuation, CODE.mean],
  SD: [CODE.attenuation, CODE.sd],
  min: [CODE.attenuation, CODE.min],
  max: [CODE.attenuation, CODE.max],
}

/** What a measure is about, in words, where it is tied to a finding. */
export interface NamedFinding {
  readonly id: string
  readonly label: string
}

export interface GroupParts {
  readonly read: ReadMeasure
  /** From 1: names a measure that a person did not. */
  readonly number: number
  readonly trackingUid: string
  readonly finding: NamedFinding | null
  readonly place: Place
}

const REGIONS: ReadonlySet<Measure['kind']> = new Set(['ellipse', 'rectangle', 'freehand'])

/** A measure as a measurement group: TID 1410 for a region, whose numbers share its outline, else TID 1501, where each has its own. */
export function toMeasurementGroup(parts: GroupParts): Item {
  const { read, place } = parts
  const { slab } = read.measure
  const isRegion = REGIONS.has(read.measure.kind)
  const graphics = toGraphics(read.measure)
  return toContainer(CODE.group, isRegion ? '1410' : '1501', [
    ...toHead(parts),
    ...(isRegion ? [toCoordinateItem('CONTAINS', CODE.region, graphics[0], place)] : []),
    ...(read.measure.kind === 'arrow' ? [toArrow(parts, graphics[0])] : toNumbers(parts, graphics, isRegion)),
    ...(slab ? [toText('CONTAINS', CODE.comment, `HU of a slab: ${formatSlab(slab)}`)] : []),
    ...(read.measure.nodule ? [toText('CONTAINS', CODE.comment, toLines(read.values, read.measure).join('; '))] : []),
    toText('CONTAINS', CODE.drawing, toDrawingText(read.measure)),
  ])
}

function toHead({ read: { measure }, number, trackingUid, finding }: GroupParts): Item[] {
  const code = finding && toFindingCode(finding.id)
  return [
    toText('HAS OBS CONTEXT', CODE.trackingId, measure.label || `${KIND_NAMES[measure.kind]} ${number}`),
    toUid('HAS OBS CONTEXT', CODE.trackingUid, trackingUid),
    ...(code ? [toCoded('CONTAINS', CODE.finding, code)] : []),
    ...(finding && !code ? [toText('CONTAINS', CODE.finding, finding.label)] : []),
  ]
}

/** An arrow measures nothing: its words stand where it points. */
const toArrow = ({ read: { measure }, place }: GroupParts, graphic: Graphic): Item =>
  toText('CONTAINS', CODE.comment, measure.label || 'Arrow', [toCoordinateItem('INFERRED FROM', null, graphic, place)])

function toNumbers({ read, place }: GroupParts, graphics: readonly Graphic[], isRegion: boolean): Item[] {
  const touched = place.image ? [] : toTouchedSlices(place.volume, read.measure)
  const sources =
    touched.length <= MOST_SOURCES ? touched.map((slice) => toImage('INFERRED FROM', CODE.source, slice)) : []
  return read.values.flatMap((value, n) => {
    const graphic = toGraphicOf(read, graphics, n)
    const drawn = isRegion ? [] : [toCoordinateItem('INFERRED FROM', null, graphic, place)]
    return toValueItem(value, [...drawn, ...sources])
  })
}

/**
 * The numbers of a measure as properties of what gives them in words, each with its drawing on the image that it lies on, else with the images
 * that it touches: a document without coordinates in the patient can say no more of where it lies.
 */
export function toMeasuredNumbers(read: ReadMeasure, place: Place): Item[] {
  const graphics = toGraphics(read.measure)
  const touched = toTouchedSlices(place.volume, read.measure)
  const images = touched.length <= MOST_SOURCES ? touched : []
  return read.values.flatMap((value, n) =>
    toValueItem(
      value,
      place.image
        ? [toCoordinateItem('INFERRED FROM', null, toGraphicOf(read, graphics, n), place)]
        : images.map((slice) => toImage('INFERRED FROM', CODE.source, slice)),
      'HAS PROPERTIES',
    ),
  )
}

function toValueItem(
  value: MeasureValue,
  sources: readonly Item[],
  relationship: 'CONTAINS' | 'HAS PROPERTIES' = 'CONTAINS',
): Item[] {
  if (value.name === 'core volume') return []
  const [concept, derivation] = CONCEPT[value.name]
  const kind = derivation ? [toCoded('HAS CONCEPT MOD', CODE.derivation, derivation)] : []
  return [toNumber(concept, value.value, UNIT[value.unit], [...kind, ...sources], relationship)]
}

/** The longer axis is the first number, whichever was drawn first. */
function toGraphicOf({ values }: ReadMeasure, graphics: readonly Graphic[], n: number): Graphic {
  if (graphics.length === 1 || n > 1) return graphics[0]
  const lengthOf = ([a, b]: Graphic['points']) => Math.hypot(...a.map((mm, axis) => mm - b[axis]))
  const isSwapped =
    Math.abs(lengthOf(graphics[0].points) - values[0].value) > Math.abs(lengthOf(graphics[1].points) - values[0].value)
  return graphics[isSwapped ? 1 - n : n]
}

/** Kind, the plane's directions and the slab: two points, or a word beside them, do not tell these. */
const toDrawingText = ({ kind, plane: { right, up }, slab }: Measure): string =>
  [
    kind,
    ...[...right, ...up].map((part) => Number(part.toFixed(9))),
    ...(slab ? [slab.mode, slab.thicknessMm] : []),
  ].join('\\')
