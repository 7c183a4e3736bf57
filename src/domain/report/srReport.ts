import type { StudyIdentity } from '../study/studyIdentity.ts'
import type { Code } from './codes.ts'

/** Coordinates of a report: in pixels of an image (`image`), or in millimetres of the patient. */
export interface SrCoordinates {
  /** As SCOORD and SCOORD3D name them: POINT, POLYLINE, POLYGON, CIRCLE, ELLIPSE, MULTIPOINT, ELLIPSOID. */
  readonly graphicType: string
  /** Columns and rows, from the corner of the first pixel; of the patient x, y, z. */
  readonly numbers: readonly number[]
  readonly image: SrImage | null
  readonly frameOfReferenceUid: string | null
}

export interface SrNumber {
  readonly concept: Code
  readonly value: number
  /** UCUM code of the unit. */
  readonly unit: string
  readonly derivation: Code | null
  readonly coordinates: readonly SrCoordinates[]
}

/** One measurement group; empty texts where the report says nothing. */
export interface SrGroup {
  readonly trackingId: string
  readonly finding: string
  readonly site: string
  readonly comment: string
  /** What VoxCT writes of kind and plane. */
  readonly drawing: string
  /** Coordinates that belong to the group, not to one of its numbers. */
  readonly regions: readonly SrCoordinates[]
  readonly numbers: readonly SrNumber[]
}

/** An image that a report refers to as a whole. */
export interface SrImage {
  readonly sopInstanceUid: string
  readonly frameNumber: number
}

/** What a report says under one heading. */
export interface SrSection {
  /** Empty where it has none. */
  readonly title: string
  /** At least one. */
  readonly lines: readonly string[]
}

/** A structured report as its file has it: measurements (TID 1500), words, or images of a key object selection (TID 2010). Whom it is of stays in memory. */
export interface SrReport {
  readonly path: string
  readonly sopInstanceUid: string
  /** Of the study that it was written for. */
  readonly studyUid: string
  /** Who or what observed; empty where it says so nowhere. */
  readonly author: string
  /** YYYYMMDD, or empty. */
  readonly date: string
  readonly groups: readonly SrGroup[]
  /** Of a key object selection: what it was made for, what it says, and which images it names; empty of other reports. */
  readonly title: string
  readonly description: string
  readonly images: readonly SrImage[]
  /** What it says in words, codes and numbers outside of measurement groups; empty of a key object selection. */
  readonly sections: readonly SrSection[]
  /** Patient and study, as its header names them. */
  readonly identity: StudyIdentity
  /** Its writer held it to be finished (PS3.3 C.17.2). */
  readonly isComplete: boolean
}
