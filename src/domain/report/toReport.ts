import type { ReadMeasure } from '../measure/readMeasure.ts'
import {
  type SourceHeader,
  type SourceSlice,
  type SourceSlices,
  sourcesOf,
  toFrameOfReferenceUid,
} from '../volume/sourceSlices.ts'
import type { Volume } from '../volume/volume.ts'
import { CODE } from './codes.ts'
import { type Item, toCoded, toContainer, toImage, toText, toUid } from './contentItem.ts'
import { toMeasuredImage, toTouchedSlices } from './coordinates.ts'
import { type NamedFinding, toMeasurementGroup } from './measureGroup.ts'

/** Comprehensive 3D SR: the class that holds coordinates of images and of the patient alike. */
export const REPORT_CLASS = '1.2.840.10008.5.1.4.1.1.88.34'
/** Names the program as an observer; not one of its installations, which would name a place. */
const OBSERVER_UID = '2.25.313872953172984561780327403121826433825'

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

type DicomSources = Extract<SourceSlices, { kind: 'dicom' }>

/** The report's data set by keyword (PS3.3 A.35.13, content after TID 1500 of PS3.16); `whyNoReport` must be null. */
export function toReport(parts: ReportParts): Item {
  const { volume, measures, newUid } = parts
  const sources = sourcesOf(volume) as DicomSources
  const touched = [...new Set(measures.flatMap(({ measure }) => toTouchedSlices(volume, measure)))]
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: REPORT_CLASS,
    SOPInstanceUID: newUid(),
    ...toStudyModules(sources, sources.header),
    ...toSeriesModules(parts),
    CurrentRequestedProcedureEvidenceSequence: toEvidence(sources.studyUid ?? '', touched),
    ...toTree(parts, touched),
  }
}

const toStudyModules = ({ studyUid }: DicomSources, header: SourceHeader): Item => ({
  PatientName: header.patientName,
  PatientID: header.patientId,
  PatientBirthDate: header.birthDate,
  PatientSex: header.sex,
  StudyInstanceUID: studyUid,
  StudyDate: header.studyDate,
  StudyTime: header.studyTime,
  AccessionNumber: header.accessionNumber,
  ReferringPhysicianName: header.referringPhysician,
  StudyID: header.studyId,
  ...(header.studyDescription && { StudyDescription: header.studyDescription }),
})

function toSeriesModules({ now, version, newUid }: ReportParts): Item {
  const two = (part: number) => String(part).padStart(2, '0')
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
  return {
    InstanceCreationDate: date,
    InstanceCreationTime: time,
    Modality: 'SR',
    SeriesInstanceUID: newUid(),
    SeriesNumber: 9100,
    SeriesDate: date,
    SeriesTime: time,
    SeriesDescription: 'Measurements',
    ReferencedPerformedProcedureStepSequence: [],
    Manufacturer: 'VoxCT',
    ManufacturerModelName: 'VoxCT',
    DeviceSerialNumber: '0',
    SoftwareVersions: version,
    InstanceNumber: 1,
    ContentDate: date,
    ContentTime: time,
    CompletionFlag: 'PARTIAL',
    VerificationFlag: 'UNVERIFIED',
    PerformedProcedureCodeSequence: [],
  }
}

/** Every instance that the content refers to, once, under study and series (PS3.3 C.17.2). */
function toEvidence(studyUid: string, slices: readonly SourceSlice[]): Item[] {
  const series = [...new Set(slices.map(({ seriesUid }) => seriesUid))]
  const instancesOf = (uid: string | null) => {
    const own = slices.filter(({ seriesUid }) => seriesUid === uid)
    return [...new Map(own.map((slice) => [slice.sopInstanceUid, slice])).values()]
  }
  return [
    {
      ReferencedSeriesSequence: series.map((uid) => ({
        ReferencedSOPSequence: instancesOf(uid).map(({ sopClassUid, sopInstanceUid }) => ({
          ReferencedSOPClassUID: sopClassUid,
          ReferencedSOPInstanceUID: sopInstanceUid,
        })),
        SeriesInstanceUID: uid,
      })),
      StudyInstanceUID: studyUid,
    },
  ]
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

/** TID 1004: the program. Who sits before it is not known to it, and no name is made up. */
const toObserver = (): Item[] => [
  toCoded('HAS OBS CONTEXT', CODE.observerType, CODE.device),
  toUid('HAS OBS CONTEXT', CODE.deviceUid, OBSERVER_UID),
  toText('HAS OBS CONTEXT', CODE.deviceName, 'VoxCT'),
  toText('HAS OBS CONTEXT', CODE.deviceManufacturer, 'VoxCT'),
  toText('HAS OBS CONTEXT', CODE.deviceModel, 'VoxCT'),
]

/** TID 1600 with what all entries share. */
const toLibrary = (slices: readonly SourceSlice[], frameOfReferenceUid: string): Item =>
  toContainer(CODE.library, '1600', [
    toContainer(CODE.libraryGroup, null, [
      toCoded('HAS ACQ CONTEXT', CODE.modality, CODE.ctModality),
      toUid('HAS ACQ CONTEXT', CODE.frameOfReference, frameOfReferenceUid),
      ...slices.map((slice) => toImage('CONTAINS', null, slice)),
    ]),
  ])
