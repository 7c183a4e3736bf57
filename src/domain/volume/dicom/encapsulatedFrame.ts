import {
  createJPEGBasicOffsetTable,
  type DataSet,
  type Element,
  readEncapsulatedImageFrame,
  readEncapsulatedPixelDataFromFragments,
} from 'dicom-parser'
import { refuse } from './codestream/brokenFrame.ts'
import { isAsLong, isWhereTableSays, readFrameTables } from './frameTables.ts'
import type { SliceHeader } from './sliceHeader.ts'

const PIXEL_DATA_TAG = 'x7fe00010'

/** Bytes of one compressed frame. PS3.5 A.4: it may be split into fragments, and the table of frame offsets may be empty. */
export function readEncapsulatedFrame(dataSet: DataSet, slice: SliceHeader): Uint8Array {
  const element = dataSet.elements[PIXEL_DATA_TAG]
  const fragmentCount = element?.fragments?.length ?? 0
  if (fragmentCount === 0) refuse('its pixel data holds no frame')
  if (slice.frameCount === 1) return readEncapsulatedPixelDataFromFragments(dataSet, element, 0, fragmentCount)
  const starts = findStarts(dataSet, element, slice.frameCount)
  expectOwnPlace(dataSet, element, starts, slice)
  return readEncapsulatedImageFrame(dataSet, element, slice.frameIndex, [...starts])
}

/** Offset of the first fragment of every frame: by a table that fits the fragments, or else by the fragments alone. */
function findStarts(dataSet: DataSet, element: Element, frameCount: number): readonly number[] {
  const { basicOffsetTable = [], fragments = [] } = element
  if (hasSoundOffsets(element, frameCount)) {
    expectPictureAFrame(dataSet, element, frameCount)
    return basicOffsetTable
  }
  if (fragments.length === frameCount) return fragments.map(({ offset }) => offset)
  if (fragments.length < frameCount) refuse(`it holds ${fragments.length} of ${frameCount} frames`)
  const found = createJPEGBasicOffsetTable(dataSet, element)
  if (found.length !== frameCount) refuse(`it holds ${found.length} of ${frameCount} frames`)
  return found
}

/** Rejects where a table, basic or extended, speaks of another frame than the one that was found. */
function expectOwnPlace(dataSet: DataSet, element: Element, starts: readonly number[], slice: SliceHeader): void {
  const { frameCount, frameIndex } = slice
  const { fragments = [] } = element
  const { offsets, lengths } = readFrameTables(dataSet, element, frameCount)
  if (!offsets.every((table) => isWhereTableSays(table, starts, frameIndex))) {
    refuse('it lies elsewhere than the table of frames says')
  }
  // Lengths are of frames in one fragment each; split ones are longer by what lies between.
  if (lengths === null || fragments.length !== frameCount) return
  if (!isAsLong(fragments[frameIndex], lengths[frameIndex])) refuse('it is not as long as the table of frames says')
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
