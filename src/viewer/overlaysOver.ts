import type { ShownOverlay } from './layers/overlayLayer.ts'
import type { ShownVolume } from './shownVolume.ts'

const NONE: readonly ShownOverlay[] = []

/** Segmentations that are to lie over one volume: over another that is shown none of them does. */
export class OverlaysOver {
  #overlays = NONE

  constructor(private readonly redraw: () => void) {}

  set(overlays: readonly ShownOverlay[]): void {
    this.#overlays = overlays
    this.redraw()
  }

  /** The same list as long as nothing changes. */
  over(shown: ShownVolume | null): readonly ShownOverlay[] {
    return this.#overlays[0]?.volumeId === shown?.volume.id ? this.#overlays : NONE
  }
}
