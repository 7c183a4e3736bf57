import type { FileTrouble } from '../problems.ts'
import { nameNonImage } from './nonImages.ts'
import { isNative, type PixelDataPlace, type PixelFormat, type SliceHeader, toFrameBytes } from './sliceHeader.ts'

/** A file of more frames than any CT: whole-body scans of thin slices have some 5,000. */
const MOST_FRAMES = 20_000
/** Least bytes of a compressed frame: an item and two bytes. */
const LEAST_FRAME_BYTES = 10
/** Sides of larger frames are no CT's; 2,048 is the finest matrix of a scanner. */
const LARGEST_SIDE = 16_384

/** HU a stored unit, and HU at 0, that are a CT's; stored values of 32 bits may be moved by their half. */
const SLOPE_RANGE = [1e-7, 1e4] as const
const LARGEST_INTERCEPT_HU = 2 ** 32

/** Frames of a CT that a slope or intercept makes no HU of; where a table of HU stands in their place they do not count. */
export function judgeRescale(frames: readonly SliceHeader[]): FileTrouble | null {
  const isSound = ({ format, modality }: SliceHeader) =>
    format === null || modality !== 'CT' || format.samplesPerPixel !== 1 || format.hasModalityLut || hasRescale(format)
  return frames.every(isSound) ? null : { code: 'dicom-rescale' }
}

function hasRescale({ slope, intercept }: PixelFormat): boolean {
  const size = Math.abs(slope)
  return size >= SLOPE_RANGE[0] && size <= SLOPE_RANGE[1] && Math.abs(intercept) <= LARGEST_INTERCEPT_HU
}

/** Why a file cannot give slices, from its header alone; null where nothing speaks against it. */
export function judgeFile(header: SliceHeader, fileBytes: number): FileTrouble | null {
  const { format, pixelData, frameCount } = header
  if (format === null || pixelData === null) return judgeWithoutPixels(header)
  if (!isPossible(format)) return { code: 'dicom-pixel-format' }
  if (frameCount > MOST_FRAMES) return { code: 'dicom-frames' }
  // Colour is refused later, and its chroma may be stored at half size.
  if (format.samplesPerPixel !== 1) return null
  const frameBytes = isNative(header.transferSyntaxUid) ? toFrameBytes(format) : LEAST_FRAME_BYTES
  const pixelBytes = countPixelBytes(pixelData, fileBytes)
  if (frameBytes * frameCount <= pixelBytes) return null
  return { code: frameCount > 1 && frameBytes <= pixelBytes ? 'dicom-frames' : 'dicom-truncated' }
}

/** Up to the end of the file or of the element: what lies behind it is another element, not pixels. */
const countPixelBytes = ({ byteOffset, byteLength, directlyReadable }: PixelDataPlace, fileBytes: number): number =>
  directlyReadable ? Math.min(fileBytes - byteOffset, byteLength) : byteLength

function judgeWithoutPixels({ sopClassUid, modality }: SliceHeader): FileTrouble {
  const name = nameNonImage(sopClassUid, modality)
  if (name !== null) return { code: 'dicom-not-an-image', kind: name }
  return { code: 'dicom-without-pixels', kind: modality === '' ? 'DICOM' : `DICOM of modality ${modality}` }
}

function isPossible({ bitsAllocated, bitsStored, highBit, rows, columns }: PixelFormat): boolean {
  const hasBits = [1, 8, 16, 32].includes(bitsAllocated) && bitsStored > 0 && bitsStored <= bitsAllocated
  return hasBits && highBit < bitsAllocated && Math.max(rows, columns) <= LARGEST_SIDE
}
