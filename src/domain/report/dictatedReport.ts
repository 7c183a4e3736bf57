import type { ReportSentence } from '../dictatedReport/reportEntry.ts'
import type { ReportSectionId } from '../dictatedReport/reportSections.ts'
import { toSections } from '../dictatedReport/reportText.ts'
import { type KeyImage, toKeyLine } from '../keyImage/keyImage.ts'
import { toKeySlice, toKeySources } from '../keyImage/keySources.ts'
import type { Volume } from '../volume/volume.ts'
import { CODE, type Code, REGION } from './codes.ts'
import { type Item, toCoded, toContainer, toImage, toText } from './contentItem.ts'
import { sourcesToReport, toEvidence, toMoment, toObserver, toSeriesModules, toStudyModules } from './modules.ts'
import { listReferences } from './references.ts'
import { type SourcedSentence, toSentenceItem } from './sentenceItem.ts'

/** Comprehensive SR (PS3.4 B.5.1.3). */
const DICTATED_CLASS = '1.2.840.10008.5.1.4.1.1.88.33'

export interface DictatedReportParts {
  readonly volume: Volume
  readonly sentences: readonly SourcedSentence[]
  readonly keyImages: readonly Pick<KeyImage, 'plane' | 'planes' | 'pointLpsMm' | 'slab' | 'note'>[]
  /** It stands as it was signed. */
  readonly isSigned: boolean
  readonly version: string
  readonly now: Date
  /** A new UID at each call. */
  readonly newUid: () => string
}

/** Headings of CID 7001 for the sections that are not findings. */
const HEADINGS: Partial<Record<ReportSectionId, readonly [heading: Code, sentence: Code]>> = {
  technique: [CODE.procedures, CODE.procedureDescription],
  comparison: [CODE.priorProcedures, CODE.procedureDescription],
  impression: [CODE.impressions, CODE.impression],
}

const REGIONS: Partial<Record<ReportSectionId, Code>> = REGION

/**
 * The dictated report as a data set by keyword (PS3.3 A.35.3, content after TID 2000 of PS3.16): each sentence is a text in the words that
 * stand in the report, under it what it states in codes, its numbers and the images that it was made on. `whyNoReport` must be null.
 */
export function toDictatedReport(parts: DictatedReportParts): Item {
  const { volume, newUid } = parts
  const sources = sourcesToReport(volume)
  const { RelationshipType: _, ...root } = toContainer(CODE.diagnosticReport, '2000', toContent(parts))
  const evidence = listReferences(root, sources.slices)
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: DICTATED_CLASS,
    SOPInstanceUID: newUid(),
    ...toStudyModules(sources),
    ...toSeriesModules(parts, { modality: 'SR', number: 9300, description: 'Report' }),
    ...toMoment(parts.now),
    // Nobody whose name is known has verified it, signed or not.
    CompletionFlag: parts.isSigned ? 'COMPLETE' : 'PARTIAL',
    VerificationFlag: 'UNVERIFIED',
    PerformedProcedureCodeSequence: [],
    ...(evidence.length > 0 && {
      CurrentRequestedProcedureEvidenceSequence: toEvidence(sources.studyUid ?? '', evidence),
    }),
    ...root,
  }
}

function toContent({ volume, sentences, keyImages }: DictatedReportParts): Item[] {
  const sourced = new Map(sentences.map((one) => [one.sentence.id, one]))
  const sections = toSections(sentences.map(({ sentence }) => sentence)).map(({ id, paragraphs }) => ({
    id,
    items: (name: Code) =>
      paragraphs.flat().map((sentence: ReportSentence) => {
        const one = sourced.get(sentence.id) ?? { sentence, statements: [], place: null, measure: null }
        return toSentenceItem(volume, one, name)
      }),
  }))
  const heads = sections.flatMap(({ id, items }) => {
    const heading = HEADINGS[id]
    return heading ? [{ id, item: toContainer(heading[0], null, items(heading[1])) }] : []
  })
  const findings = sections
    .filter(({ id }) => !HEADINGS[id])
    .map(({ id, items }) => toContainer(CODE.findings, null, [...toRegion(id), ...items(CODE.finding)]))
  const impression = heads.filter(({ id }) => id === 'impression')
  return [
    toCoded('HAS CONCEPT MOD', CODE.language, CODE.english),
    ...toObserver(),
    toCoded('HAS CONCEPT MOD', CODE.procedure, CODE.ct),
    ...heads.filter(({ id }) => id !== 'impression').map(({ item }) => item),
    ...findings,
    ...impression.map(({ item }) => item),
    ...toKeyImages(volume, keyImages),
  ]
}

/** The organ that the findings of a container are of; those of none have none. */
function toRegion(id: ReportSectionId): Item[] {
  const region = REGIONS[id]
  return region ? [toCoded('HAS CONCEPT MOD', CODE.findingSite, region)] : []
}

function toKeyImages(volume: Volume, images: DictatedReportParts['keyImages']): Item[] {
  if (images.length === 0) return []
  const items = images.map((image) => {
    const sources = toKeySources(volume, image).map((slice) => toImage('INFERRED FROM', null, slice))
    return toText('CONTAINS', CODE.keyDescription, toKeyLine(image, toKeySlice(volume, image)), sources)
  })
  return [toContainer(CODE.keyImages, null, items)]
}
