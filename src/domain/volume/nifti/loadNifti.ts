import { failure, type Result, success } from '../../../base/result.ts'
import { allocateHu } from '../allocateHu.ts'
import { finishVolume } from '../finishVolume.ts'
import type { LoadedVolume, ScannedSeries } from '../scannedSeries.ts'
import { NIFTI_SOURCES } from '../sourceSlices.ts'
import type { Vec3 } from '../volume.ts'
import type { LoadContext } from '../volumeFormat.ts'
import { toNiftiGeometry } from './niftiGeometry.ts'
import type { NiftiSource } from './niftiSource.ts'
import { BYTES_OF_DATATYPE, writeNiftiHu } from './niftiVoxels.ts'
import { canHold, readStart } from './readNiftiBytes.ts'

/** Voxels of a scanned NIfTI in HU; a file that is cut off is refused, never shown half. */
export async function loadNifti(
  series: ScannedSeries<NiftiSource>,
  { onProgress, hasher }: LoadContext,
): Promise<Result<LoadedVolume>> {
  const { file, header } = series.source
  const geometry = toNiftiGeometry(header)
  const voxelCount = geometry.size[0] * geometry.size[1] * geometry.size[2]
  const wanted = header.voxelOffset + voxelCount * BYTES_OF_DATATYPE[header.datatype]
  if (!(await canHold(file, wanted))) return failure(describeTruncated(file.path, file.blob.size / wanted))
  const onRead = (read: number) => onProgress('Reading volume', read / wanted)
  const otherVolumes = (header.volumeCount - 1) * voxelCount * BYTES_OF_DATATYPE[header.datatype]
  let holdsMore = false
  const onRest = (part: Uint8Array, at: number) => {
    holdsMore ||= !isZero(part.subarray(Math.max(0, otherVolumes - at)))
  }
  const bytes = await readStart(file, wanted, { toEnd: true, onRead, onRest })
  if (bytes.length < wanted) return failure(describeTruncated(file.path, bytes.length / wanted))
  const hu = allocateHu(voxelCount)
  const blankVoxels = writeNiftiHu(bytes.subarray(header.voxelOffset), header, hu)
  const head = bytes.subarray(0, header.voxelOffset)
  const notices = holdsMore ? [...series.notices, describeMore(file.path, header.size)] : series.notices
  const sources = NIFTI_SOURCES
  const read = { paths: [file.path], geometry, hu, missing: [], sources, blankVoxels, header: head, notices }
  return success(finishVolume(series, read, hasher))
}

/** A plain loop: `some` takes a second for the zeros that a bomb is made of. */
function isZero(bytes: Uint8Array): boolean {
  for (let n = 0; n < bytes.length; n++) if (bytes[n] !== 0) return false
  return true
}

const describeTruncated = (path: string, share: number) => ({
  code: 'nifti-truncated',
  message: `${path}: the file is cut off; it holds ${Math.floor(share * 100)} % of its voxels.`,
  nextStep: 'Download or export it again.',
})

/** Of a size that is too small along one axis, all that lies behind the first row or layer is sheared. */
const describeMore = (path: string, size: Vec3) => ({
  code: 'nifti-more-data',
  message: `${path} holds more data than the ${size.join(' × ')} voxels of its header; if the size is wrong, so is the picture.`,
  nextStep: 'Compare it with the scan it was made of, or convert it again.',
})
