import type { Problem, Result } from '../../base/result.ts'
import type { FirstSlice } from '../volume/firstSlice.ts'
import type { BesideScans, LoadedVolume } from '../volume/scannedSeries.ts'
import type { SeriesSummary } from '../volume/series.ts'
import type { OnProgress } from '../volume/sourceFile.ts'

export interface SourceOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

export interface ListOptions extends SourceOptions {
  /** Told at most once, before the series are listed: one slice of them. */
  readonly onFirstSlice?: (slice: FirstSlice) => void
}

export interface SeriesListing {
  /** Best for reading a chest first; those with a score of 0 or less cannot be opened and say why. */
  readonly series: readonly SeriesSummary[]
  readonly problems: readonly Problem[]
  /** The series of the first slice; null where it was of none, or there was none. */
  readonly firstSliceSeriesId?: string | null
  /** What lay beside them. */
  readonly beside?: BesideScans
}

/** Where studies come from. `Query` says which: files that were dropped, or what a server is asked for. */
export interface StudySource<Query> {
  /** The series that the query finds. Rejects with AbortError when the signal fires. */
  list(query: Query, options?: ListOptions): Promise<SeriesListing>
  /** A series that was listed in this visit, in HU. Rejects with AbortError when the signal fires. */
  open(seriesId: string, options?: SourceOptions): Promise<Result<LoadedVolume>>
}
