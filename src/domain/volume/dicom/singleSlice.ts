import type { FirstSlice } from '../firstSlice.ts'
import type { ScannedSeries } from '../scannedSeries.ts'
import type { SourceFile } from '../sourceFile.ts'
import type { DecodeFrame } from './decodeFrame.ts'
import type { DicomSource } from './dicomSource.ts'
import { judgeFile, judgeRescale } from './judgeFile.ts'
import { openHeader } from './openDataSet.ts'
import { parseHeader, toFrames } from './parseSliceHeaders.ts'
import { readFrameHu } from './readFrame.ts'
import { isPlaced, type PlacedSlice } from './slicePlace.ts'

/** Cosine of an axis of the image with the patient's, above which it runs along it; a gantry is tilted by 30° at most. */
const ALONG = 0.85

/** The one slice of a file, turned so that it can be drawn as it is; null where it is no axial CT of one frame. */
export async function readSingleSlice(file: SourceFile, decodeFrame: DecodeFrame): Promise<FirstSlice | null> {
  const opened = await openHeader(file.blob)
  const header = parseHeader(opened, file.path)
  if (header.modality !== 'CT' || judgeFile(header, file.blob.size) !== null) return null
  const slices = toFrames(opened, header)
  const [slice] = slices
  if (slices.length !== 1 || judgeRescale(slices) !== null || !isPlaced(slice) || !isAxial(slice)) return null
  const { columns, rows } = slice.format
  const hu = new Int16Array(columns * rows)
  await readFrameHu(file.blob, slice, decodeFrame, hu)
  return {
    path: file.path,
    sopInstanceUid: slice.sopInstanceUid,
    identity: slice.identity,
    title: slice.seriesDescription || slice.protocolName,
    size: [columns, rows],
    spacingMm: [slice.pixelSpacingMm[1], slice.pixelSpacingMm[0]],
    hu: toUpright(hu, slice),
  }
}

const isAxial = ({ rowLps, columnLps }: PlacedSlice): boolean =>
  Math.abs(rowLps[0]) > ALONG && Math.abs(columnLps[1]) > ALONG

/** Columns run to the patient's left, rows to the back. */
function toUpright(hu: Int16Array, { rowLps, columnLps, format: { columns, rows } }: PlacedSlice): Int16Array {
  const [turnsColumns, turnsRows] = [rowLps[0] < 0, columnLps[1] < 0]
  if (!turnsColumns && !turnsRows) return hu
  const upright = new Int16Array(hu.length)
  for (let row = 0; row < rows; row++) {
    const from = (turnsRows ? rows - 1 - row : row) * columns
    const line = hu.subarray(from, from + columns)
    upright.set(turnsColumns ? line.slice().reverse() : line, row * columns)
  }
  return upright
}

/** Whether a slice was read from a file of the series. */
export const isSliceOf = ({ source }: ScannedSeries<DicomSource>, { path, sopInstanceUid }: FirstSlice): boolean =>
  source.slices.some((slice) => slice.path === path && slice.sopInstanceUid === sopInstanceUid)
