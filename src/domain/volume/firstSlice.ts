import type { StudyIdentity } from '../study/studyIdentity.ts'

/** One axial slice of a drop, read before anything else, with whose it is. Not a volume: nothing is placed or measured in it. */
export interface FirstSlice {
  readonly path: string
  /** Of its file. */
  readonly sopInstanceUid: string
  readonly identity: StudyIdentity | null
  /** Series description; empty where there is none. */
  readonly title: string
  /** Columns and rows; the first pixel lies at the patient's right and front. */
  readonly size: readonly [number, number]
  /** Between columns and between rows, mm. */
  readonly spacingMm: readonly [number, number]
  /** HU, row by row. */
  readonly hu: Int16Array
}
