import { readBytes } from '../sourceFile.ts'
import { inspectFrame } from './codestream/inspectFrame.ts'
import { toLowered } from './codestream/signedBytes.ts'
import { type DecodedFormat, toDecodedFormat } from './decodedFormat.ts'
import type { DecodeFrame } from './decodeFrame.ts'
import { readEncapsulatedFrame } from './encapsulatedFrame.ts'
import type { FrameRemark } from './frameRemarks.ts'
import { readModalityLut } from './modalityLut.ts'
import { type OpenedDataSet, openHeader, openWhole } from './openDataSet.ts'
import {
  hasLittleEndianPixels,
  isNative,
  type PixelFormat,
  type SliceFault,
  type SliceHeader,
  toFrameBytes,
} from './sliceHeader.ts'
import { type StoredPixels, toStoredPixels, toSwapped, writeHu } from './storedToHu.ts'
import { isUsablePadding } from './usablePadding.ts'

const PIXEL_DATA_TAG = 'x7fe00010'
/** Said of a slice whose place alone is known. */
const FAULT_WORDS: Readonly<Record<SliceFault, string>> = {
  'dicom-truncated': 'the file is cut off before its last pixel',
  'dicom-pixel-format': 'its header names a size or a number of bits that pixels cannot have',
}
/** Behind pixels of an odd number of bytes. */
const LONGEST_PAD_BYTES = 1
const READABLE_BITS: ReadonlySet<number> = new Set([8, 16, 32])

/** Pixels of a frame before slope and intercept, and how they are to be read. */
export interface StoredFrame extends DecodedFormat {
  readonly stored: StoredPixels
}

/**
 * Reads one frame of a file into `hu` (rows × columns), and tells what was put right. Rejects with the cause where the
 * bytes or the codec fail: a frame is whole and its own, or it is none.
 */
export async function readFrameHu(
  file: Blob,
  slice: SliceHeader,
  decodeFrame: DecodeFrame,
  hu: Int16Array,
): Promise<readonly FrameRemark[]> {
  const { stored, format, remarks } = await readStored(file, slice, decodeFrame)
  const lut = format.hasModalityLut ? readModalityLut((await openHeader(file)).dataSet, format.signed) : null
  if (isUsablePadding(format, lut)) {
    writeHu(stored, format, hu, lut)
    return remarks
  }
  writeHu(stored, { ...format, paddingRange: null }, hu, lut)
  return [...remarks, 'padding-not-applied']
}

/** Same, as stored. */
export async function readStored(file: Blob, slice: SliceHeader, decodeFrame: DecodeFrame): Promise<StoredFrame> {
  const format = slice.format as PixelFormat
  if (slice.fault) throw new Error(FAULT_WORDS[slice.fault])
  if (format.samplesPerPixel !== 1) {
    throw new Error(`its header says ${format.samplesPerPixel} samples a pixel, where CT has one`)
  }
  if (!READABLE_BITS.has(format.bitsAllocated)) throw new Error(`pixels of ${format.bitsAllocated} bits are not read`)
  if (!isNative(slice.transferSyntaxUid)) return decodeCompressedFrame(file, slice, format, decodeFrame)
  return { stored: await readNativeFrame(file, slice, format), format, remarks: [] }
}

async function readNativeFrame(file: Blob, slice: SliceHeader, format: PixelFormat): Promise<StoredPixels> {
  const littleEndian = hasLittleEndianPixels(slice.transferSyntaxUid)
  const start = slice.frameIndex * toFrameBytes(format)
  const end = start + toFrameBytes(format)
  // Two pixels of 8 bits in a word of another byte order lie the wrong way round (PS3.5 8.1.2): read whole words.
  const swapsPairs = !littleEndian && format.bitsAllocated === 8 && slice.pixelData?.inWords === true
  const [from, to] = swapsPairs ? [start - (start % 2), end + (end % 2)] : [start, end]
  const bytes = await readElementBytes(file, slice, from, to)
  if (bytes.length < to - from) throw new Error(FAULT_WORDS['dicom-truncated'])
  await expectNothingBehind(file, slice, format)
  const own = swapsPairs ? new Uint8Array(toSwapped(bytes, 2)).subarray(start - from, end - from) : bytes
  return toStoredPixels(own, format, littleEndian)
}

/**
 * Pixels that go on behind the last one are of another size or of more bits than the header says, and all of them lie
 * elsewhere than it says. Some writers fill up with zeros.
 */
async function expectNothingBehind(file: Blob, slice: SliceHeader, format: PixelFormat): Promise<void> {
  const frameBytes = toFrameBytes(format)
  const from = frameBytes * slice.frameCount
  if ((slice.pixelData?.byteLength ?? 0) <= from + LONGEST_PAD_BYTES) return
  const behind = await readElementBytes(file, slice, from, from + frameBytes)
  if (behind.length <= LONGEST_PAD_BYTES) return
  if (behind.length < frameBytes && behind.every((byte) => byte === 0)) return
  throw new Error('its pixel data is longer than its header says')
}

/** Bytes of the pixel data element; fewer where it, or the file, ends before. */
async function readElementBytes(file: Blob, slice: SliceHeader, from: number, to: number): Promise<Uint8Array> {
  if (slice.pixelData?.directlyReadable) {
    const { byteOffset, byteLength } = slice.pixelData
    return readBytes(file, byteOffset + from, byteOffset + Math.min(to, byteLength))
  }
  const { dataSet } = await openFrames(file, slice)
  const element = dataSet.elements[PIXEL_DATA_TAG]
  return dataSet.byteArray.subarray(element.dataOffset + from, element.dataOffset + Math.min(to, element.length))
}

const openedFiles = new WeakMap<Blob, Promise<OpenedDataSet>>()

/** A file of many frames is read and parsed once for all of them. */
function openFrames(file: Blob, { frameCount }: SliceHeader): Promise<OpenedDataSet> {
  if (frameCount === 1) return openWhole(file)
  const opened = openedFiles.get(file) ?? openWhole(file)
  openedFiles.set(file, opened)
  return opened
}

async function decodeCompressedFrame(
  file: Blob,
  slice: SliceHeader,
  format: PixelFormat,
  decodeFrame: DecodeFrame,
): Promise<StoredFrame> {
  const { dataSet } = await openFrames(file, slice)
  const { transferSyntaxUid } = slice
  const inspected = inspectFrame({ bytes: readEncapsulatedFrame(dataSet, slice), transferSyntaxUid, format })
  // A copy of its own: the parser hands out views of the whole file, and the frame travels to another thread.
  const decoded = await decodeFrame({ bytes: inspected.bytes.slice(), codec: inspected.codec, format })
  const stored = inspected.raisedBy ? toLowered(decoded, inspected.raisedBy) : decoded
  const count = format.rows * format.columns * format.samplesPerPixel
  if (stored.length !== count) throw new Error(`its codec gave ${stored.length} of ${count} pixels`)
  return { stored, ...toDecodedFormat(format, inspected, stored) }
}
