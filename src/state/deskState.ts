import type { ReportStatus } from '../domain/dictatedReport/reportStatus.ts'
import type { StudyIdentity } from '../domain/study/studyIdentity.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { PriorBeside } from './priorState.ts'
import type { Phase, Progress } from './progress.ts'

/** A slice that is shown until its volume is: 8-bit grey in the window that was chosen, row by row, the patient's right and front first. */
export interface SlicePicture {
  /** Null until the series are listed. */
  readonly seriesId: string | null
  readonly identity: StudyIdentity | null
  readonly title: string
  readonly size: readonly [number, number]
  /** Height of a pixel by its width. */
  readonly pixelAspect: number
  readonly grey: Uint8ClampedArray
}

/** A study of this visit, or of which something is kept from an earlier one. */
export interface KnownStudy {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  /** Null where an earlier version kept it and did not say. */
  readonly format: string | null
  /** `here`: opens at once, or from files of this visit. `seed`: is made again. `files`: its files must be dropped again. */
  readonly opensBy: 'here' | 'seed' | 'files'
  /** How much of each is kept. */
  readonly utteranceCount: number
  readonly measureCount: number
  readonly keyImageCount: number
  /** Of its entry in the list of series, then or now; null where it came from elsewhere. */
  readonly seriesId: string | null
  /** As it was when its state was written last; of an open study its record knows better. */
  readonly reportStatus: ReportStatus
}

/** What lies on the desk: which study is read, what is being opened, what lies beside it. */
export interface DeskState {
  /** Of opening a study. */
  readonly phase: Phase
  readonly progress: Progress | null
  /** The study being read: what is said and asked is about it. */
  readonly readId: string | null
  /** Opened beside it: a similar case, or another study of the patient. */
  readonly comparisonId: string | null
  readonly comparisonPhase: Phase
  /** Of opening it. */
  readonly comparisonProgress: Progress | null
  /** Library id of the case that lies beside the study, and of the one that is being opened there. */
  readonly comparisonCaseId: string | null
  readonly openingCaseId: string | null
  /** What lies beside is no case of a library but a study to be compared with; null otherwise. */
  readonly prior: PriorBeside | null
  /** Series of the drop that the study being read came from, or of the one that is being opened; best first. */
  readonly series: readonly SeriesSummary[]
  /** Series of all drops of this visit, a drop each, the last one last. */
  readonly drops: readonly (readonly SeriesSummary[])[]
  /** The series that is being opened. */
  readonly openingSeriesId: string | null
  /** One slice of it, or of the drop while that is being listed; never of a study on screen. */
  readonly firstSlice: SlicePicture | null
  /** Newest first. */
  readonly known: readonly KnownStudy[]
  /** Whether the browser has promised to keep what waits, asked with the first words of a visit; null: not asked, or no answer. */
  readonly isStorageLasting: boolean | null
}
