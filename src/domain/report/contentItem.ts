import type { SourceSlice } from '../volume/sourceSlices.ts'
import type { Code } from './codes.ts'

/** A data set, or an item of a sequence, by the keywords of PS3.6. */
export interface Item {
  readonly [keyword: string]: unknown
}

export type Relationship =
  | 'CONTAINS'
  | 'HAS CONCEPT MOD'
  | 'HAS OBS CONTEXT'
  | 'HAS ACQ CONTEXT'
  | 'HAS PROPERTIES'
  | 'INFERRED FROM'
  | 'SELECTED FROM'

export const toCodeItem = ({ value, scheme, meaning }: Code): Item => ({
  CodeValue: value,
  CodingSchemeDesignator: scheme,
  CodeMeaning: meaning,
})

/** A content item (PS3.3 C.17.3); the image library's entries have no name. */
const toContent = (relationship: Relationship, valueType: string, name: Code | null, rest: Item): Item => ({
  RelationshipType: relationship,
  ValueType: valueType,
  ...(name && { ConceptNameCodeSequence: [toCodeItem(name)] }),
  ...rest,
})

const withChildren = (children: readonly Item[]): Item => (children.length > 0 ? { ContentSequence: children } : {})

export const toContainer = (
  name: Code,
  template: string | null,
  children: readonly Item[],
  relationship: Relationship = 'CONTAINS',
): Item =>
  toContent(relationship, 'CONTAINER', name, {
    ContinuityOfContent: 'SEPARATE',
    ...(template && { ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: template }] }),
    ...withChildren(children),
  })

export const toCoded = (relationship: Relationship, name: Code, code: Code, children: readonly Item[] = []): Item =>
  toContent(relationship, 'CODE', name, { ConceptCodeSequence: [toCodeItem(code)], ...withChildren(children) })

export const toText = (relationship: Relationship, name: Code, text: string, children: readonly Item[] = []): Item =>
  toContent(relationship, 'TEXT', name, { TextValue: text, ...withChildren(children) })

export const toUid = (relationship: Relationship, name: Code, uid: string): Item =>
  toContent(relationship, 'UIDREF', name, { UID: uid })

/** A number with its unit: as a decimal string of 16 characters, and exactly beside it. */
export const toNumber = (
  name: Code,
  value: number,
  unit: Code,
  children: readonly Item[],
  relationship: Relationship = 'CONTAINS',
): Item =>
  toContent(relationship, 'NUM', name, {
    MeasuredValueSequence: [
      {
        NumericValue: toDecimalString(value),
        FloatingPointValue: value,
        MeasurementUnitsCodeSequence: [toCodeItem(unit)],
      },
    ],
    ...withChildren(children),
  })

export const toImage = (
  relationship: Relationship,
  name: Code | null,
  slice: SourceSlice,
  children: readonly Item[] = [],
): Item =>
  toContent(relationship, 'IMAGE', name, { ReferencedSOPSequence: [toReference(slice)], ...withChildren(children) })

/** The instance of a slice and, of a multi-frame one, its frame. */
const toReference = ({ sopClassUid, sopInstanceUid, frameNumber }: SourceSlice): Item => ({
  ReferencedSOPClassUID: sopClassUid,
  ReferencedSOPInstanceUID: sopInstanceUid,
  ...(frameNumber !== null && { ReferencedFrameNumber: frameNumber }),
})

export const toCoordinates = (
  relationship: Relationship,
  name: Code | null,
  valueType: 'SCOORD' | 'SCOORD3D',
  rest: Item,
): Item => toContent(relationship, valueType, name, rest)

/** DS holds 16 characters (PS3.5 6.2). */
function toDecimalString(value: number): string {
  const plain = String(value)
  if (plain.length <= 16) return plain
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)))
    if (text.length <= 16) return text
  }
  return '0'
}
