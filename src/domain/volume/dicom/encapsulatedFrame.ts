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
  if (hasSoundOffsets(element, slice.frameCount)) {
    expectPictureAFrame(dataSet, element, slice.frameCount)
    return readEncapsulatedImageFrame(dataSet, element, slice.frameIndex)
  }
  if (fragmentCount === slice.frameCount) {
    if (!isWhereTableSays(element, slice)) refuse('it lies elsewhere than the table of frames says')
    return readEncapsulatedPixelDataFromFragments(dataSet, element, slice.frameIndex)
  }
  if (fragmentCount < slice.frameCount) refuse(`it holds ${fragmentCount} of ${slice.frameCount} frames`)
  const table = createJPEGBasicOffsetTable(dataSet, element)
  if (table.length !== slice.frameCount) refuse(`it holds ${table.length} of ${slice.frameCount} frames`)
  return readEncapsulatedImageFrame(dataSet, element, slice.frameIndex, table)
}

/**
 * One fragment a frame under a table that does not fit: fragments that changed places are as long as the table says in
 * neither place, so a frame must begin and end where its entry and the next one say. Entries are counted from the first, since some
 * writers count from elsewhere; a table that names the right places in another order is passed over, as is one of another length.
 */
function isWhereTableSays({ basicOffsetTable: offsets, fragments }: Element, slice: SliceHeader): boolean {
  if (offsets?.length !== slice.frameCount || !fragments) return true
  const sorted = [...offsets].sort((a, b) => a - b)
  if (fragments.every(({ offset }, n) => offset === sorted[n])) return true
  const fits = (n: number) => n >= fragments.length || offsets[n] - offsets[0] === fragments[n].offset
  return fits(slice.frameIndex) && fits(slice.frameIndex + 1)
}

/** Start of a JPEG (SOI) and of a JPEG 2000 (SOC) codestream. */
const PICTURE_STARTS: readonly number[] = [0xffd8, 0xff4f]

/**
 * A fragment that stands twice moves others to its place, and where two are of one length the table does not show it: more pictures
 * than frames, and no frame is known to be its own. Rejects with the reason.
 */
function expectPictureAFrame({ byteArray }: DataSet, { fragments }: Element, frameCount: number): void {
  const pictures = (fragments ?? []).filter(({ position }) =>
    PICTURE_STARTS.includes(byteArray[position] * 256 + byteArray[position + 1]),
  )
  if (pictures.length > frameCount) refuse(`it holds ${pictures.length} pictures for ${frameCount} frames`)
}

/** A table in which an offset is out of order, or none of a fragment, would give one frame's place to another. */
function hasSoundOffsets({ basicOffsetTable: offsets, fragments }: Element, frameCount: number): boolean {
  if (offsets?.length !== frameCount || offsets[0] !== 0) return false
  const starts = new Set(fragments?.map(({ offset }) => offset))
  return offsets.every((offset, n) => starts.has(offset) && (n === 0 || offset > offsets[n - 1]))
}
