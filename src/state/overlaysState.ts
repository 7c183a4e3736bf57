import type { Rgb, Segmentation } from '../domain/overlay/segmentation.ts'
import type { Vec3 } from '../domain/volume/volume.ts'

export interface SegmentItem {
  readonly number: number
  readonly label: string
  readonly color: Rgb
  readonly ml: number | null
  readonly isVisible: boolean
  /** Where the views jump to. */
  readonly pointLpsMm: Vec3
}

/** A segmentation over the study. */
export interface OverlayItem {
  readonly id: string
  readonly kind: Segmentation['kind']
  readonly name: string
  readonly path: string
  readonly segments: readonly SegmentItem[]
}

export interface OverlaysState {
  readonly items: readonly OverlayItem[]
  /** Of the fill, 0…1. */
  readonly opacity: number
}

export const NO_OVERLAYS: OverlaysState = { items: [], opacity: 0.3 }
