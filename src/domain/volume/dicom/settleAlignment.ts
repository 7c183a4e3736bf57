import { isRaised, judgeAlignment } from './alignment.ts'
import type { DecodeFrame } from './decodeFrame.ts'
import type { DicomSource } from './dicomSource.ts'
import type { FrameRemark } from './frameRemarks.ts'
import { readStored } from './readFrame.ts'
import type { PlacedSlice } from './slicePlace.ts'

export interface SettledSlices {
  readonly slices: readonly PlacedSlice[]
  readonly remark: readonly FrameRemark[]
}

/**
 * The slices of a series with the place of their bits as it is. One rule for all: a slice of little contrast cannot
 * tell, so slices are asked from the middle on until one does.
 */
export async function settleAlignment(source: DicomSource, decodeFrame: DecodeFrame): Promise<SettledSlices> {
  const { slices } = source
  const asSaid: SettledSlices = { slices, remark: [] }
  if (!slices.some((slice) => isRaised(slice.format))) return asSaid
  const middle = slices.length >> 1
  for (const slice of [...slices.slice(middle), ...slices.slice(0, middle)]) {
    const read = await readStored(source.files[slice.fileIndex].blob, slice, decodeFrame).catch(() => null)
    if (!read || !isRaised(read.format)) continue
    const alignment = judgeAlignment(read.stored, read.format)
    if (alignment === 'low') return { slices: slices.map(toLowEnd), remark: ['bits-at-low-end'] }
    if (alignment === 'as-said') break
  }
  return asSaid
}

const toLowEnd = (slice: PlacedSlice): PlacedSlice => ({
  ...slice,
  format: { ...slice.format, highBit: slice.format.bitsStored - 1 },
})
