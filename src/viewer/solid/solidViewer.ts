import type { SolidLook, SolidStatus } from '../../domain/solid/solidLook.ts'
import type { Volume } from '../../domain/volume/volume.ts'

export interface SolidEvents {
  /** The pointer turned the eye about the patient, degrees. */
  onTurn(azimuthDeg: number, elevationDeg: number): void
  onZoom(factor: number): void
  onStatus(status: SolidStatus): void
}

/** One volume drawn in space. Costs nothing until it is attached: then a WebGL context and a smaller copy of the volume. */
export interface SolidViewer {
  attach(element: HTMLDivElement): void
  /** Frees the context and the copy. */
  detach(): void
  /** The volume to be drawn wherever there is a place for it; null: none. */
  show(volume: Volume | null): void
  setLook(look: SolidLook): void
  dispose(): void
}
