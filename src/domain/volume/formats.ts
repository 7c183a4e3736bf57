import { assert } from '../../base/assert.ts'
import { dicomFormat } from './dicom/dicomFormat.ts'
import { niftiFormat } from './nifti/niftiFormat.ts'
import type { ScannedSeries } from './scannedSeries.ts'
import type { VolumeFormat } from './volumeFormat.ts'

/** Every format that is read; a new one is a row here and a file of its own. The first that knows a head takes the file. */
export const FORMATS: readonly VolumeFormat[] = [dicomFormat, niftiFormat]

export function formatOf({ source }: ScannedSeries): VolumeFormat {
  const format = FORMATS.find(({ name }) => name === source.format)
  assert(format, `a series of the format ${source.format} was scanned by none`)
  return format
}
