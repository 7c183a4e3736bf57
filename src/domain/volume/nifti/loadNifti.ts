import { failure, type Result, success } from '../../../base/result.ts'
import { allocateHu } from '../allocateHu.ts'
import { finishVolume } from '../finishVolume.ts'
import type { LoadedVolume, ScannedSeries } from '../scannedSeries.ts'
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
  const bytes = await readStart(file, wanted, { toEnd: true, onRead })
  if (bytes.length < wanted) return failure(describeTruncated(file.path, bytes.length / wanted))
  const hu = allocateHu(voxelCount)
  const blankVoxels = writeNiftiHu(bytes.subarray(header.voxelOffset), header, hu)
  const head = bytes.subarray(0, header.voxelOffset)
  const read = { paths: [file.path], geometry, hu, missing: [], blankVoxels, header: head, notices: series.notices }
  return success(finishVolume(series, read, hasher))
}

const describeTruncated = (path: string, share: number) => ({
  code: 'nifti-truncated',
  message: `${path}: the file is cut off; it holds ${Math.floor(share * 100)} % of its voxels.`,
  nextStep: 'Download or export it again.',
})
