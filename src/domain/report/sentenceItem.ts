import type { ReportSentence } from '../dictatedReport/reportEntry.ts'
import { toGridPoint, toVolumeGrid } from '../geometry/grid.ts'
import type { ReadMeasure } from '../measure/readMeasure.ts'
import type { Lobe, Side, Statement, Status } from '../statements/statement.ts'
import type { StudyPlace } from '../study/openStudy.ts'
import { type SourceSlice, slicesOfLayer } from '../volume/sourceSlices.ts'
import type { Volume } from '../volume/volume.ts'
import { CODE, type Code, REGION, toFindingCode, UNIT } from './codes.ts'
import { type Item, toCoded, toImage, toNumber, toText } from './contentItem.ts'
import { toMeasuredImage } from './coordinates.ts'
import { toMeasuredNumbers } from './measureGroup.ts'

/** A sentence with what stands behind it. */
export interface SourcedSentence {
  readonly sentence: ReportSentence
  /** What its words state; empty where they are a person's own, or nobody has read them. */
  readonly statements: readonly Statement[]
  /** Where the reader stood when it was said; null where it was not said, or at another study. */
  readonly place: StudyPlace | null
  /** The measure whose numbers it gives. */
  readonly measure: ReadMeasure | null
}

/** CID 240. What is resolved is no finding of today: its sentence says so, and no code does. */
const PRESENCE: Readonly<Record<Exclude<Status, 'resolved'>, Code>> = {
  present: CODE.present,
  absent: CODE.absent,
  uncertain: CODE.undetermined,
}

const SIDE: Readonly<Record<Side, Code>> = { left: CODE.left, right: CODE.right, bilateral: CODE.bilateral }

/** The lingula is part of the left upper lobe. */
const LOBE: Readonly<Record<Lobe, Code>> = {
  upper: REGION.upperLobe,
  middle: REGION.middleLobe,
  lower: REGION.lowerLobe,
  lingula: REGION.upperLobe,
}

/** A sentence as a text of the given concept, with codes, numbers and images under it. */
export function toSentenceItem(volume: Volume, { sentence, statements, place, measure }: SourcedSentence, name: Code) {
  const { text, origin } = sentence
  const isFinding = statements.some(({ status }) => status === 'present' || status === 'uncertain')
  return toText('CONTAINS', name, text, [
    ...statements.flatMap(toStatementItem),
    ...(origin.by === 'accepted' ? toAccepted(origin.findingId, origin.probability) : []),
    ...(measure
      ? toMeasuredNumbers(measure, { volume, image: toMeasuredImage(volume, measure.measure), frameOfReferenceUid: '' })
      : []),
    // Of what is absent no slice is the one that shows it.
    ...(place && isFinding ? toSlicesAt(volume, place).map((slice) => toImage('INFERRED FROM', null, slice)) : []),
  ])
}

/** A finding of the code that it has, with presence, side and lobe, and its spoken size. */
function toStatementItem({ findingId, status, place, sizeMm }: Statement): Item[] {
  const code = toFindingCode(findingId)
  if (!code || status === 'resolved') return []
  return [
    toCoded('HAS PROPERTIES', CODE.finding, code, [
      toCoded('HAS CONCEPT MOD', CODE.presence, PRESENCE[status]),
      ...toPlace(place),
      ...(sizeMm === null ? [] : [toNumber(CODE.diameter, sizeMm, UNIT.mm, [], 'HAS PROPERTIES')]),
    ]),
  ]
}

function toPlace({ side, lobe }: Statement['place']): Item[] {
  // The middle lobe is the right lung's by its own code, the lingula the left's by what it is.
  const known = lobe === 'lingula' ? 'left' : lobe === 'middle' ? null : side
  const laterality = known ? [toCoded('HAS CONCEPT MOD', CODE.laterality, SIDE[known])] : []
  return lobe ? [toCoded('HAS CONCEPT MOD', CODE.findingSite, LOBE[lobe], laterality)] : laterality
}

/** Who found it is told: the reader took what the model had offered. */
function toAccepted(findingId: string, probability: number): Item[] {
  const code = toFindingCode(findingId)
  const said = `Seen by the model of VoxCT (${(100 * probability).toFixed(0)} %), accepted by the reader.`
  return [
    ...(code
      ? [toCoded('HAS PROPERTIES', CODE.finding, code, [toCoded('HAS CONCEPT MOD', CODE.presence, CODE.present)])]
      : []),
    toText('HAS PROPERTIES', CODE.comment, said),
  ]
}

/** The source of the layer that the crosshair stood on. */
function toSlicesAt(volume: Volume, { pointLpsMm }: StudyPlace): readonly SourceSlice[] {
  const k = Math.round(toGridPoint(toVolumeGrid(volume), pointLpsMm)[2])
  return slicesOfLayer(volume, k).slice(0, 1)
}
