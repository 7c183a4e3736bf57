import { type Result, success } from '../../../base/result.ts'
import type { SaltedHasher } from '../../../base/saltedHash.ts'
import { describeFlat, FLAT_SCORE, isFlat, toFlatReason } from '../flatImage.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import type { SourceFile } from '../sourceFile.ts'
import { describeNiftiPlacement, toNiftiGeometry } from './niftiGeometry.ts'
import { parseNiftiHeader } from './niftiHeader.ts'
import type { NiftiSource } from './niftiSource.ts'

/** Between a plain axial CT and one that is named a chest: the format names neither modality nor body part. */
const NIFTI_SCORE = 60

/** A NIfTI in the list of series, from the (unpacked) head of the file. */
export function toNiftiSeries(
  file: SourceFile,
  head: Uint8Array,
  hasher: SaltedHasher,
): Result<ScannedSeries<NiftiSource>> {
  const parsed = parseNiftiHeader(head, file.path)
  if (!parsed.ok) return parsed
  const header = parsed.value
  const geometry = toNiftiGeometry(header)
  const title = file.path.split('/').at(-1) ?? file.path
  const flat = isFlat(geometry.size) ? describeFlat(file.path, Math.min(...geometry.size)) : null
  return success({
    summary: {
      id: `listed-${hasher.hash(['nifti', file.path, file.blob.size, hasher.digest(head)])}`,
      identity: null,
      format: 'nifti',
      kind: 'NIfTI',
      title,
      sliceCount: geometry.size[2],
      spacingMm: geometry.spacingMm,
      size: geometry.size,
      kernel: null,
      chestScore: flat ? FLAT_SCORE : NIFTI_SCORE,
      reason: flat
        ? toFlatReason(Math.min(...geometry.size))
        : `NIfTI volume of ${geometry.size.join(' × ')} voxels; the format does not say that it is a chest CT.`,
    },
    studyId: null,
    legacyId: toLegacyId(file),
    refusal: null,
    notices: [...describeNiftiPlacement(header, geometry, file.path), ...(flat ? [flat] : [])],
    source: { format: 'nifti', file, header },
  })
}

/** The id of version 0.3.0, under which its dictation lies: two files of one name and length were one study. */
const toLegacyId = ({ path, blob }: SourceFile) => `nifti-${path.replace(/[^\p{L}\d.-]+/gu, '_')}-${blob.size}`
