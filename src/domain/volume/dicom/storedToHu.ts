import { lookUpHu, type ModalityLut } from './modalityLut.ts'
import type { PixelFormat } from './sliceHeader.ts'

/** HU written where nothing was reconstructed. */
export const AIR_HU = -1024

/** Pixels as stored, before slope and intercept. */
export type StoredPixels = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array

/** The numbers in the bytes of an uncompressed frame. The bytes may begin at an odd place, so they are copied where needed. */
export function toStoredPixels(bytes: Uint8Array, format: PixelFormat, littleEndian: boolean): StoredPixels {
  if (format.bitsAllocated === 8) return format.signed ? new Int8Array(toAligned(bytes, 1)) : bytes
  const width = format.bitsAllocated === 32 ? 4 : 2
  const buffer = littleEndian ? toAligned(bytes, width) : toSwapped(bytes, width)
  if (width === 4) return format.signed ? new Int32Array(buffer) : new Uint32Array(buffer)
  return format.signed ? new Int16Array(buffer) : new Uint16Array(buffer)
}

function toAligned(bytes: Uint8Array, width: number): ArrayBuffer {
  const length = bytes.length - (bytes.length % width)
  return bytes.slice(0, length).buffer as ArrayBuffer
}

/** Words of `width` bytes from big endian to little endian; an incomplete last one is left out. */
export function toSwapped(bytes: Uint8Array, width: number): ArrayBuffer {
  const swapped = new Uint8Array(bytes.length - (bytes.length % width))
  for (let start = 0; start < swapped.length; start += width) {
    for (let n = 0; n < width; n++) swapped[start + n] = bytes[start + width - 1 - n]
  }
  return swapped.buffer
}

/**
 * Writes HU = round(slope · stored + intercept), or what the modality LUT says, exactly once, into `hu` (rows × columns
 * of one slice). Bits above `highBit` are no part of the value (overlays in old files) and are dropped; signed values
 * are extended from `bitsStored`. Padding becomes air at −1024 HU; results outside int16 are held at its ends.
 */
export function writeHu(
  stored: StoredPixels,
  format: PixelFormat,
  hu: Int16Array,
  lut: ModalityLut | null = null,
): void {
  const { slope, intercept } = format
  const [paddingLow, paddingHigh] = format.paddingRange ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const left = 32 - format.bitsStored
  const right = Math.max(0, format.highBit + 1 - format.bitsStored)
  const { signed } = format
  for (let n = 0; n < hu.length; n++) {
    const shifted = (stored[n] >> right) << left
    const value = signed ? shifted >> left : shifted >>> left
    const measured = lut ? lookUpHu(lut, value) : Math.round(value * slope + intercept)
    const scaled = value >= paddingLow && value <= paddingHigh ? AIR_HU : measured
    hu[n] = Math.max(-32768, Math.min(32767, scaled))
  }
}
