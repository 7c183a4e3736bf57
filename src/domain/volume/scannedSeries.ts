import type { Problem } from '../../base/result.ts'
import type { Segmentation } from '../overlay/segmentation.ts'
import type { SrReport } from '../report/srReport.ts'
import type { StudyIdentity } from '../study/studyIdentity.ts'
import type { StudyKey } from '../study/studyKey.ts'
import type { SeriesSummary } from './series.ts'
import type { Volume } from './volume.ts'

/** Where a format finds the pixels of a series it has listed; only its own row of `formats.ts` looks into it. */
export interface FormatSource {
  readonly format: string
}

/** A series that was found, with all that loading its pixels takes. Can be sent to a worker; files travel as handles. */
export interface ScannedSeries<Source extends FormatSource = FormatSource> {
  readonly summary: SeriesSummary
  /** Id of its study, where the headers name it; null where it comes from the content. */
  readonly studyId: string | null
  /** As in `StudyKey`. */
  readonly legacyId: string
  /** Why it cannot be opened, or null. */
  readonly refusal: Problem | null
  /** What the user should know once it is open. */
  readonly notices: readonly Problem[]
  readonly source: Source
}

export interface ScanResult extends BesideScans {
  /** Best for reading a chest first; those that cannot be opened last. */
  readonly series: readonly ScannedSeries[]
  readonly problems: readonly Problem[]
}

/** What lies in a drop beside scans, whosever study it belongs to. */
export interface BesideScans {
  /** Structured reports with measurements. */
  readonly reports: readonly SrReport[]
  readonly segmentations: readonly Segmentation[]
}

/** An opened volume, whose it is, and what the user should know about it. */
export interface LoadedVolume {
  /** `volume.id` is `key.id`. */
  readonly volume: Volume
  readonly key: StudyKey
  /** Null where the format names nobody. */
  readonly identity: StudyIdentity | null
  readonly notices: readonly Problem[]
}
