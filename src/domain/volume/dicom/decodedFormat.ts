import { isRaised } from './alignment.ts'
import type { InspectedFrame } from './codestream/inspectFrame.ts'
import type { FrameRemark } from './frameRemarks.ts'
import type { PixelFormat } from './sliceHeader.ts'
import type { StoredPixels } from './storedToHu.ts'

export interface DecodedFormat {
  readonly format: PixelFormat
  readonly remarks: readonly FrameRemark[]
}

/** How the numbers that a codec gave are to be read: the codestream's own bits and sign go before the header's. */
export function toDecodedFormat(header: PixelFormat, { samples }: InspectedFrame, stored: StoredPixels): DecodedFormat {
  if (samples === null) return { format: header, remarks: [] }
  if (samples.signed === true) return toSigned(header)
  const sign: FrameRemark[] = samples.signed === false && header.signed ? ['codestream-unsigned'] : []
  // Values that were raised in their words before coding are as raised after it.
  if (isRaised(header) && samples.bits > header.highBit) return { format: header, remarks: sign }
  const exceeds = samples.bits > header.bitsStored && hasLargerValues(stored, samples.bits, header)
  // JPEG and JPEG-LS leave the sign to the header; an unsigned JPEG 2000 stream under a signed one holds its bits.
  const ownBits = samples.signed === null ? header.bitsStored : Math.min(samples.bits, header.bitsStored)
  const bitsStored = exceeds ? samples.bits : ownBits
  const remarks: FrameRemark[] = exceeds ? [...sign, 'codestream-bits'] : sign
  return { format: { ...header, bitsStored, highBit: bitsStored - 1 }, remarks }
}

/** The decoder has extended the sign to 16 bits. */
function toSigned(header: PixelFormat): DecodedFormat {
  const toSignedValue = (value: number) => (value << 16) >> 16
  const padding = header.paddingRange?.map(toSignedValue).sort((a, b) => a - b)
  const paddingRange = padding ? ([padding[0], padding[1]] as const) : null
  const format = { ...header, signed: true, bitsStored: 16, highBit: 15, paddingRange }
  return { format, remarks: header.signed ? [] : ['codestream-sign'] }
}

/** Whether values need more bits than the header says; of a signed header, extended signs are no such values. */
function hasLargerValues(stored: StoredPixels, bits: number, { bitsStored, signed }: PixelFormat): boolean {
  const from = 2 ** bitsStored
  const to = signed ? 2 ** bits - from / 2 : 2 ** bits
  return (stored as Uint16Array).some((value) => value >= from && value < to)
}
