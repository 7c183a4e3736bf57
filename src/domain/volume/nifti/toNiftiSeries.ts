import { type Result, success } from '../../../base/result.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import type { SourceFile } from '../sourceFile.ts'
import { describeNiftiPlacement, toNiftiGeometry } from './niftiGeometry.ts'
import { parseNiftiHeader } from './niftiHeader.ts'

/** Between a plain axial CT and one that is named a chest: the format names neither modality nor body part. */
const NIFTI_SCORE = 60

/** A NIfTI in the list of series, from the (unpacked) head of the file. */
export function toNiftiSeries(file: SourceFile, head: Uint8Array): Result<ScannedSeries> {
  const parsed = parseNiftiHeader(head, file.path)
  if (!parsed.ok) return parsed
  const header = parsed.value
  const geometry = toNiftiGeometry(header)
  return success({
    summary: {
      id: `nifti-${file.path.replace(/[^\p{L}\d.-]+/gu, '_')}-${file.blob.size}`,
      format: 'nifti',
      title: file.path.split('/').at(-1) ?? file.path,
      modality: '?',
      sliceCount: geometry.size[2],
      spacingMm: geometry.spacingMm,
      size: geometry.size,
      chestScore: NIFTI_SCORE,
      reason: `NIfTI volume of ${geometry.size.join(' × ')} voxels; the format does not say that it is a chest CT.`,
    },
    refusal: null,
    notices: describeNiftiPlacement(header, geometry, file.path),
    source: { format: 'nifti', file, header },
  })
}
