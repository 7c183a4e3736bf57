import { type SourceSlice, type SourceSlices, sourcesOf } from '../volume/sourceSlices.ts'
import type { Volume } from '../volume/volume.ts'
import { CODE } from './codes.ts'
import { type Item, toCoded, toText, toUid } from './contentItem.ts'

/* What every document about images of a study has, by keyword. */

/** Names the program as an observer; not one of its installations, which would name a place. */
const OBSERVER_UID = '2.25.313872953172984561780327403121826433825'

export type DicomSources = Extract<SourceSlices, { kind: 'dicom' }>

/** Of a volume that can have a report (`whyNoReport`). */
export const sourcesToReport = (volume: Volume): DicomSources => sourcesOf(volume) as DicomSources

export const toStudyModules = ({ studyUid, header }: DicomSources): Item => ({
  PatientName: header.patientName,
  PatientID: header.patientId,
  PatientBirthDate: header.birthDate,
  PatientSex: header.sex,
  StudyInstanceUID: studyUid ?? '',
  StudyDate: header.studyDate,
  StudyTime: header.studyTime,
  AccessionNumber: header.accessionNumber,
  ReferringPhysicianName: header.referringPhysician,
  StudyID: header.studyId,
  ...(header.studyDescription && { StudyDescription: header.studyDescription }),
})

const two = (part: number): string => String(part).padStart(2, '0')
const toDate = (now: Date): string => `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
const toTime = (now: Date): string => `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`

/** Number and moment of the content. */
export const toMoment = (now: Date): Item => ({
  InstanceNumber: 1,
  ContentDate: toDate(now),
  ContentTime: toTime(now),
})

interface Written {
  readonly version: string
  readonly now: Date
  readonly newUid: () => string
}

interface DocumentSeries {
  readonly modality: 'SR' | 'KO'
  readonly number: number
  readonly description: string
}

/** A series of its own, and the program that made it. */
export const toSeriesModules = ({ now, version, newUid }: Written, series: DocumentSeries): Item => ({
  InstanceCreationDate: toDate(now),
  InstanceCreationTime: toTime(now),
  Modality: series.modality,
  SeriesInstanceUID: newUid(),
  SeriesNumber: series.number,
  SeriesDate: toDate(now),
  SeriesTime: toTime(now),
  SeriesDescription: series.description,
  ReferencedPerformedProcedureStepSequence: [],
  Manufacturer: 'VoxCT',
  ManufacturerModelName: 'VoxCT',
  DeviceSerialNumber: '0',
  SoftwareVersions: version,
})

/** Every instance that the content refers to, once, under study and series (PS3.3 C.17.2). */
export function toEvidence(studyUid: string, slices: readonly SourceSlice[]): Item[] {
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

/** TID 1004: the program. Who sits before it is not known to it, and no name is made up. */
export const toObserver = (): Item[] => [
  toCoded('HAS OBS CONTEXT', CODE.observerType, CODE.device),
  toUid('HAS OBS CONTEXT', CODE.deviceUid, OBSERVER_UID),
  toText('HAS OBS CONTEXT', CODE.deviceName, 'VoxCT'),
  toText('HAS OBS CONTEXT', CODE.deviceManufacturer, 'VoxCT'),
  toText('HAS OBS CONTEXT', CODE.deviceModel, 'VoxCT'),
]
