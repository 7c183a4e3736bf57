import type { PixelFormat } from './sliceHeader.ts'
import type { StoredPixels } from './storedToHu.ts'

/** Where the bits of a value lie in its word: as `highBit` says, or at the low end in spite of it. */
export type Alignment = 'as-said' | 'low' | 'either'

/** Whether a header places values above the low end of their words (BitsStored 12, HighBit 15). */
export const isRaised = ({ highBit, bitsStored }: PixelFormat): boolean => highBit + 1 > bitsStored

/**
 * Judges by the values of a slice where its bits lie. Values that are raised leave the bits below them empty; values at
 * the low end use those and leave the bits above `bitsStored` empty, or filled with their sign.
 */
export function judgeAlignment(stored: StoredPixels, format: PixelFormat): Alignment {
  const belowMask = (1 << (format.highBit + 1 - format.bitsStored)) - 1
  const limit = 2 ** format.bitsStored
  const [lowest, highest] = format.signed ? [-limit / 2, limit / 2 - 1] : [0, limit - 1]
  let usesLowBits = false
  for (const value of stored) {
    if (value < lowest || value > highest) return 'as-said'
    if ((value & belowMask) !== 0) usesLowBits = true
  }
  return usesLowBits ? 'low' : 'either'
}
