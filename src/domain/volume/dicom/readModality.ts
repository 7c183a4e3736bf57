import type { DataSet } from 'dicom-parser'

/** CT Image, Enhanced CT Image and Legacy Converted Enhanced CT Image Storage (PS3.4 B.5). */
const CT_CLASSES: ReadonlySet<string> = new Set([
  '1.2.840.10008.5.1.4.1.1.2',
  '1.2.840.10008.5.1.4.1.1.2.1',
  '1.2.840.10008.5.1.4.1.1.2.2',
])

/** Modality of a file; where it is absent or empty, CT if the SOP class says so. */
export function readModality(dataSet: DataSet): { readonly modality: string; readonly isModalityAssumed: boolean } {
  const modality = dataSet.string('x00080060')?.trim().toUpperCase() ?? ''
  const isModalityAssumed = modality === '' && CT_CLASSES.has(dataSet.string('x00080016')?.trim() ?? '')
  return { modality: isModalityAssumed ? 'CT' : modality, isModalityAssumed }
}
