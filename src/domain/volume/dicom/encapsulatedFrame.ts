import {
  createJPEGBasicOffsetTable,
  type DataSet,
  type Element,
  readEncapsulatedImageFrame,
  readEncapsulatedPixelDataFromFragments,
} from 'dicom-parser'
import { refuse } from './codestream/brokenFrame.ts'
import type { SliceHeader } from './sliceHeader.ts'

const PIXEL_DATA_TAG = 'x7fe00010'

/** Bytes of one compressed frame. PS3.5 A.4: it may be split into fragments, and the table of frame offsets may be empty. */
export function readEncapsulatedFrame(dataSet: DataSet, slice: SliceHeader): Uint8Array {
  const element = dataSet.elements[PIXEL_DATA_TAG]
  const fragmentCount = element?.fragments?.length ?? 0
  if (fragmentCount === 0) refuse('its pixel data holds no frame')
  if (slice.frameCount === 1) return readEncapsulatedPixelDataFromFragments(dataSet, element, 0, fragmentCount)
  if (hasSoundOffsets(element, slice.frameCount)) return readEncapsulatedImageFrame(dataSet, element, slice.frameIndex)
  if (fragmentCount === slice.frameCount) {
    return readEncapsulatedPixelDataFromFragments(dataSet, element, slice.frameIndex)
  }
  if (fragmentCount < slice.frameCount) refuse(`it holds ${fragmentCount} of ${slice.frameCount} frames`)
  const table = createJPEGBasicOffsetTable(dataSet, element)
  if (table.length !== slice.frameCount) refuse(`it holds ${table.length} of ${slice.frameCount} frames`)
  return readEncapsulatedImageFrame(dataSet, element, slice.frameIndex, table)
}

/** A table in which an offset is out of order, or none of a fragment, would give one frame's place to another. */
function hasSoundOffsets({ basicOffsetTable: offsets, fragments }: Element, frameCount: number): boolean {
  if (offsets?.length !== frameCount || offsets[0] !== 0) return false
  const starts = new Set(fragments?.map(({ offset }) => offset))
  return offsets.every((offset, n) => starts.has(offset) && (n === 0 || offset > offsets[n - 1]))
}
