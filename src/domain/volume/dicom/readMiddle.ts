import { cross } from '../../geometry/vector.ts'
import type { MiddleLayer } from '../middleLayer.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import type { DecodeFrame } from './decodeFrame.ts'
import type { DicomSource } from './dicomSource.ts'
import { readFrameHu } from './readFrame.ts'

/** A file of many frames is not read whole for a small picture. */
const LARGEST_FILE_BYTES = 64 * 2 ** 20

/** The slice in the middle of a series; null where it would cost too much, or its pixels cannot be read. */
export async function readMiddle(
  { source }: ScannedSeries<DicomSource>,
  decodeFrame: DecodeFrame,
): Promise<MiddleLayer | null> {
  const slice = source.slices[Math.floor(source.slices.length / 2)]
  if (!slice || slice.fault !== null) return null
  const { blob } = source.files[slice.fileIndex]
  if (blob.size > LARGEST_FILE_BYTES) return null
  const { columns, rows } = slice.format
  const hu = new Int16Array(columns * rows)
  await readFrameHu(blob, slice, decodeFrame, hu)
  const { rowLps, columnLps, pixelSpacingMm } = slice
  return {
    size: [columns, rows, 1],
    spacingMm: [pixelSpacingMm[1], pixelSpacingMm[0], 1],
    directionLps: [rowLps, columnLps, cross(rowLps, columnLps)],
    hu,
  }
}
