import type { ShownHeat } from './layers/heatLayer.ts'
import { type HeatField, toHeatField } from './layers/heatPlane.ts'
import type { ShownVolume } from './shownVolume.ts'
import type { HeatOverlay, HeatStyle } from './viewer.ts'

/** The heat over the volume of a viewer, and how it is drawn. */
export class HeatOver {
  style: HeatStyle = 'fog'
  #heat: { readonly field: HeatField; readonly serial: number } | null = null
  #serial = 0
  #opacity = 0

  set(heat: HeatOverlay | null, opacity: number): void {
    const field = heat && toHeatField(heat)
    this.#heat = field && { field, serial: ++this.#serial }
    this.#opacity = opacity
  }

  clear(): void {
    this.#heat = null
  }

  over(shown: ShownVolume | null): ShownHeat | null {
    return this.#heat && shown && { ...this.#heat, opacity: this.#opacity, style: this.style, volume: shown.grid }
  }
}
