import type { ReadMeasure } from '../measure/readMeasure.ts'
import { type SourceSlice, sourcesOf, toFrameOfReferenceUid } from '../volume/sourceSlices.ts'
import type { Volume } from '../volume/volume.ts'
import { CODE } from './codes.ts'
import { type Item, toCoded, toContainer, toImage, toUid } from './contentItem.ts'
import { toMeasuredImage, toTouchedSlices } from './coordinates.ts'
import { type NamedFinding, toMeasurementGroup } from './measureGroup.ts'
import { sourcesToReport, toEvidence, toMoment, toObserver, toSeriesModules, toStudyModules } from './modules.ts'

/** Comprehensive 3D SR: the class that holds coordinates of images and of the patient alike. */
export const REPORT_CLASS = '1.2.840.10008.5.1.4.1.1.88.34'

export interface ReportParts {
  readonly volume: Volume
  readonly measures: readonly ReadMeasure[]
  readonly findingOf: (measure: ReadMeasure['measure']) => NamedFinding | null
  readonly version: string
  readonly now: Date
  /** A new UID at each call. */
  readonly newUid: () => string
}

/** Why the measures of a volume cannot become a report that refers to its images; null where they can. */
export function whyNoReport(volume: Volume): string | null {
  const sources = sourcesOf(volume)
  if (sources.kind === 'none') return sources.reason
  const { studyUid, slices } = sources
  const areNamed = slices.every(
    ({ seriesUid, sopInstanceUid, sopClassUid }) => seriesUid && sopInstanceUid && sopClassUid,
  )
  if (!studyUid || !areNamed)
    return 'The headers of its images lack UIDs: a report could not say which images it is about.'
  if (toFrameOfReferenceUid(volume) === null)
    return 'Its images share no frame of reference: places between them have no name.'
  return null
}

/** The report's data set by keyword (PS3.3 A.35.13, content after TID 1500 of PS3.16); `whyNoReport` must be null. */
export function toReport(parts: ReportParts): Item {
  const { volume, measures, newUid } = parts
  const sources = sourcesToReport(volume)
  const touched = [...new Set(measures.flatMap(({ measure }) => toTouchedSlices(volume, measure)))]
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: REPORT_CLASS,
    SOPInstanceUID: newUid(),
    ...toStudyModules(sources),
    ...toSeriesModules(parts, { modality: 'SR', number: 9100, description: 'Measurements' }),
    ...toMoment(parts.now),
    CompletionFlag: 'PARTIAL',
    VerificationFlag: 'UNVERIFIED',
    PerformedProcedureCodeSequence: [],
    CurrentRequestedProcedureEvidenceSequence: toEvidence(sources.studyUid ?? '', touched),
    ...toTree(parts, touched),
  }
}

function toTree(parts: ReportParts, touched: readonly SourceSlice[]): Item {
  const { volume, measures, findingOf, newUid } = parts
  const frameOfReferenceUid = toFrameOfReferenceUid(volume) ?? ''
  const groups = measures.map((read, n) => {
    const place = { volume, image: toMeasuredImage(volume, read.measure), frameOfReferenceUid }
    return toMeasurementGroup({ read, number: n + 1, trackingUid: newUid(), finding: findingOf(read.measure), place })
  })
  const { RelationshipType: _, ...root } = toContainer(CODE.report, '1500', [
    toCoded('HAS CONCEPT MOD', CODE.language, CODE.english),
    ...toObserver(),
    toCoded('HAS CONCEPT MOD', CODE.procedure, CODE.ct),
    toLibrary(touched, frameOfReferenceUid),
    toContainer(CODE.measurements, null, groups),
  ])
  return root
}

/** TID 1600 with what all entries share. */
const toLibrary = (slices: readonly SourceSlice[], frameOfReferenceUid: string): Item =>
  toContainer(CODE.library, '1600', [
    toContainer(CODE.libraryGroup, null, [
      toCoded('HAS ACQ CONTEXT', CODE.modality, CODE.ctModality),
      toUid('HAS ACQ CONTEXT', CODE.frameOfReference, frameOfReferenceUid),
      ...slices.map((slice) => toImage('CONTAINS', null, slice)),
    ]),
  ])
