import {
  createJPEGBasicOffsetTable,
  type DataSet,
  readEncapsulatedImageFrame,
  readEncapsulatedPixelDataFromFragments,
} from 'dicom-parser'
import { readBytes } from '../sourceFile.ts'
import type { DecodeFrame } from './decodeFrame.ts'
import { openWhole } from './openDataSet.ts'
import { hasLittleEndianPixels, isNative, type PixelFormat, type SliceHeader } from './sliceHeader.ts'
import { type StoredPixels, toStoredPixels, writeHu } from './storedToHu.ts'

const PIXEL_DATA_TAG = 'x7fe00010'

/** Reads one frame of a file into `hu` (rows × columns). Rejects with the cause where the bytes or the codec fail. */
export async function readFrameHu(
  file: Blob,
  slice: SliceHeader,
  decodeFrame: DecodeFrame,
  hu: Int16Array,
): Promise<void> {
  const format = slice.format as PixelFormat
  const stored = isNative(slice.transferSyntaxUid)
    ? await readNativeFrame(file, slice, format)
    : await decodeCompressedFrame(file, slice, format, decodeFrame)
  if (stored.length < hu.length) throw new Error(`it holds ${stored.length} of ${hu.length} pixels`)
  writeHu(stored, format, hu)
}

/** Bytes of one uncompressed frame. */
export const toFrameBytes = (format: PixelFormat): number =>
  format.rows * format.columns * format.samplesPerPixel * (format.bitsAllocated / 8)

async function readNativeFrame(file: Blob, slice: SliceHeader, format: PixelFormat): Promise<StoredPixels> {
  const frameBytes = toFrameBytes(format)
  const littleEndian = hasLittleEndianPixels(slice.transferSyntaxUid)
  if (slice.pixelData?.directlyReadable) {
    const start = slice.pixelData.byteOffset + slice.frameIndex * frameBytes
    return toStoredPixels(await readBytes(file, start, start + frameBytes), format, littleEndian)
  }
  const { dataSet } = await openWhole(file)
  const start = dataSet.elements[PIXEL_DATA_TAG].dataOffset + slice.frameIndex * frameBytes
  return toStoredPixels(dataSet.byteArray.subarray(start, start + frameBytes), format, littleEndian)
}

async function decodeCompressedFrame(
  file: Blob,
  slice: SliceHeader,
  format: PixelFormat,
  decodeFrame: DecodeFrame,
): Promise<StoredPixels> {
  const { dataSet } = await openWhole(file)
  const bytes = readEncapsulatedFrame(dataSet, slice)
  // A copy of its own: the parser hands out views of the whole file, and the frame travels to another thread.
  return decodeFrame({ bytes: bytes.slice(), transferSyntaxUid: slice.transferSyntaxUid, format })
}

/** PS3.5 A.4: a frame may be split into fragments, and the table of frame offsets may be empty. */
function readEncapsulatedFrame(dataSet: DataSet, slice: SliceHeader): Uint8Array {
  const element = dataSet.elements[PIXEL_DATA_TAG]
  const fragmentCount = element?.fragments?.length ?? 0
  if (fragmentCount === 0) throw new Error('its pixel data holds no frame')
  if (slice.frameCount === 1) return readEncapsulatedPixelDataFromFragments(dataSet, element, 0, fragmentCount)
  if (element.basicOffsetTable?.length) return readEncapsulatedImageFrame(dataSet, element, slice.frameIndex)
  if (fragmentCount === slice.frameCount) {
    return readEncapsulatedPixelDataFromFragments(dataSet, element, slice.frameIndex)
  }
  return readEncapsulatedImageFrame(dataSet, element, slice.frameIndex, createJPEGBasicOffsetTable(dataSet, element))
}
