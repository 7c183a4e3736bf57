import type { FirstSlice } from '../domain/volume/firstSlice.ts'
import type { SlicePicture } from '../state/deskState.ts'

/** Grey levels of a slice in a window (HU), linear from 0 at its lower to 255 at its upper end. Its series is not known yet. */
export function toPicture(
  { identity, title, size, spacingMm, hu }: FirstSlice,
  { windowWidthHu, windowCenterHu }: { readonly windowWidthHu: number; readonly windowCenterHu: number },
): SlicePicture {
  const lowest = windowCenterHu - windowWidthHu / 2
  const grey = Uint8ClampedArray.from(hu, (value) => ((value - lowest) / windowWidthHu) * 255)
  return { seriesId: null, identity, title, size, pixelAspect: spacingMm[1] / spacingMm[0], grey }
}
