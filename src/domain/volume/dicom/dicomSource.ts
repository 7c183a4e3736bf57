import type { FormatSource } from '../scannedSeries.ts'
import type { SourceFile } from '../sourceFile.ts'
import type { PlacedSlice } from './slicePlace.ts'

export interface DicomSource extends FormatSource {
  readonly format: 'dicom'
  /** Sorted along the slice normal; `fileIndex` counts in `files`. */
  readonly slices: readonly PlacedSlice[]
  readonly files: readonly SourceFile[]
}
