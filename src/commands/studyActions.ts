/** What a person does with studies: opens, changes, forgets them. */
export interface StudyActions {
  /** Recordings that come with a scan belong to it. */
  openFiles(files: readonly File[], recordings?: readonly File[]): void
  chooseSeries(seriesId: string): void
  /** Shows the next series of the scan that is read, at the same place. */
  flickSeries(): void
  openDemo(): void
  reopenStudy(studyId: string): void
  /** Opens an entry of the work list: what was read of it, else the best of its series. */
  openWork(entryId: string): void
  /** Deletes what was said about a study of an earlier visit. */
  forgetStudy(studyId: string): void
  cancelWork(): void
  /** Encodes the scan on screen where that was cancelled or failed. */
  encodeAgain(): void
}
