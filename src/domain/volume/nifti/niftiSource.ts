import type { FormatSource } from '../scannedSeries.ts'
import type { SourceFile } from '../sourceFile.ts'
import type { NiftiHeader } from './niftiHeader.ts'

export interface NiftiSource extends FormatSource {
  readonly format: 'nifti'
  readonly file: SourceFile
  readonly header: NiftiHeader
}
