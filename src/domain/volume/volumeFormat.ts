import type { Problem, Result } from '../../base/result.ts'
import type { SaltedHasher } from '../../base/saltedHash.ts'
import type { LabelMap } from '../overlay/labelMap/readLabelMap.ts'
import type { Segmentation } from '../overlay/segmentation.ts'
import type { SrReport } from '../report/srReport.ts'
import type { DecodeFrame } from './dicom/decodeFrame.ts'
import type { FirstSlice } from './firstSlice.ts'
import type { MiddleLayer } from './middleLayer.ts'
import type { FileProblemList } from './problems.ts'
import type { FormatSource, LoadedVolume, ScannedSeries } from './scannedSeries.ts'
import type { OnProgress, SourceFile } from './sourceFile.ts'

/** Bytes of a file's head that `sniff` is given; fewer where the file is shorter. A NIfTI-2 header is the longest. */
export const SNIFF_BYTES = 544

/** What a file is to a format: one to list, or a directory of others, which is told only where nothing opens. */
export type Sniffed = 'image' | 'directory'

/** One way in which scans lie in files: a row of `formats.ts`, and all that scanning and loading know of it. */
export interface VolumeFormat<Source extends FormatSource = FormatSource> {
  /** In `source.format` of its series. */
  readonly name: Source['format']
  /** Takes its files packed by gzip as they are; for others they are unpacked first. */
  readonly readsGzip: boolean
  /** Refusals that are normal in a study (other modalities, localisers): no notice while something else opens. */
  readonly expectedRefusals: ReadonlySet<string>
  /** Judges a file by its first bytes, not by its name; null where it is none of this format. */
  sniff(head: Uint8Array): Sniffed | null
  /** The series in all files of a drop that are of this format, openable or not. */
  list(files: readonly SourceFile[], context: ListContext): Promise<readonly ScannedSeries<Source>[]>
  /** Pixels in HU. Expected failure is a Result, a ProblemError, or a RangeError for more than memory holds. */
  load(series: ScannedSeries<Source>, context: LoadContext): Promise<Result<LoadedVolume>>
  /** The slice in its middle, where that costs little; null where it does not, or cannot be read. */
  readMiddle(series: ScannedSeries<Source>, decodeFrame: DecodeFrame): Promise<MiddleLayer | null>
  /** Labels of a series that has them (`SeriesSummary.labels`). */
  readLabels?(series: ScannedSeries<Source>): Promise<Result<LabelMap>>
  /** Where a file may hold one slice: it is shown while the rest is read. */
  readonly single?: {
    /** Null where the file holds no axial slice of its own. */
    read(file: SourceFile, decodeFrame: DecodeFrame): Promise<FirstSlice | null>
    isOf(series: ScannedSeries<Source>, slice: FirstSlice): boolean
  }
}

export interface ListContext {
  readonly hasher: SaltedHasher
  readonly problems: ScanProblems
  readonly companions: Companions
  /**
   * Reads files, a few at a time, and answers in their order; `null` is left out. A file that cannot be read, or that
   * `read` throws a ProblemError for, becomes a problem and never keeps the others from being listed.
   */
  each<T>(files: readonly SourceFile[], read: (file: SourceFile) => Promise<T | null>): Promise<T[]>
}

export interface LoadContext {
  readonly hasher: SaltedHasher
  /** Codec for compressed DICOM; never asked for uncompressed pixels. */
  readonly decodeFrame: DecodeFrame
  readonly onProgress: OnProgress
}

/** What is wrong with the files of a drop, each trouble once with all its files. */
export interface ScanProblems {
  readonly files: FileProblemList
  /** Reports, plans and other files without an image: named only where nothing opens. */
  readonly nonImages: FileProblemList
  readonly others: Problem[]
}

/** What lies in a drop beside scans and belongs to one of them. */
export interface Companions {
  /** Structured reports with measurements. */
  readonly reports: SrReport[]
  readonly segmentations: Segmentation[]
}
