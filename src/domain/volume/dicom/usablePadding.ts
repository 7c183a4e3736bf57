import { lookUpHu, type ModalityLut } from './modalityLut.ts'
import type { PixelFormat } from './sliceHeader.ts'

/** Between these lie the HU that are measured in a patient and in the air of a room. */
const MEASURED_HU = [-1000, 3071] as const

/**
 * Whether what a header calls padding marks nothing but pixels outside the reconstruction. A value or a range among the
 * HU that are measured would blank tissue (0 on HU that are stored as they are is water; 0…65535 is everything), so it
 * is not applied.
 */
export function isUsablePadding(format: PixelFormat, lut: ModalityLut | null): boolean {
  if (!format.paddingRange) return true
  const [a, b] = format.paddingRange.map((stored) =>
    lut ? lookUpHu(lut, stored) : stored * format.slope + format.intercept,
  )
  return Math.max(a, b) <= MEASURED_HU[0] || Math.min(a, b) > MEASURED_HU[1]
}
