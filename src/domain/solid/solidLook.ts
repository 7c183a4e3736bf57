import type { Vec3 } from '../volume/volume.ts'

/** What a share of the volume's length along a patient axis is kept, 0…1 from the side named first: right–left, front–back, feet–head. */
export type CropBox = readonly [readonly [number, number], readonly [number, number], readonly [number, number]]

/** How a chest is looked at in space. */
export interface SolidLook {
  readonly presetId: string
  /** Where the eye stands: 0 in front of the patient, 90 at the patient's left, −180…180. */
  readonly azimuthDeg: number
  /** 90 above the head, −90 below the feet. */
  readonly elevationDeg: number
  /** 1: the whole volume fits. */
  readonly zoom: number
  readonly crop: CropBox
}

/** What has become of the drawing; `off` with the reason, for the user. */
export type SolidStatus =
  | { readonly kind: 'empty' | 'working' | 'drawn' }
  | { readonly kind: 'off'; readonly reason: string }

export const WHOLE_BOX: CropBox = [
  [0, 1],
  [0, 1],
  [0, 1],
]

/** The box with another range along axis 0, 1 or 2. */
export const cropAlong = (crop: CropBox, axis: number, range: readonly [number, number]): CropBox =>
  [0, 1, 2].map((n) => (n === axis ? range : crop[n])) as unknown as CropBox

export const NEW_LOOK: SolidLook = { presetId: 'bone', azimuthDeg: 0, elevationDeg: 0, zoom: 1, crop: WHOLE_BOX }

/** Where one may look from by a word. */
export const SIDES = [
  { id: 'front', azimuthDeg: 0, elevationDeg: 0 },
  { id: 'back', azimuthDeg: 180, elevationDeg: 0 },
  { id: 'left', azimuthDeg: 90, elevationDeg: 0 },
  { id: 'right', azimuthDeg: -90, elevationDeg: 0 },
  { id: 'top', azimuthDeg: 0, elevationDeg: 90 },
  { id: 'bottom', azimuthDeg: 0, elevationDeg: -90 },
] as const

const toHalfTurns = (deg: number): number => ((((deg + 180) % 360) + 360) % 360) - 180

/** The eye moved about the patient; it never goes over the head. */
export const turn = (look: SolidLook, azimuthDeg: number, elevationDeg: number): SolidLook => ({
  ...look,
  azimuthDeg: toHalfTurns(look.azimuthDeg + azimuthDeg),
  elevationDeg: Math.min(90, Math.max(-90, look.elevationDeg + elevationDeg)),
})

const MIN_ZOOM = 0.5
const MAX_ZOOM = 8

export const zoomBy = (look: SolidLook, factor: number): SolidLook => ({
  ...look,
  zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, look.zoom * factor)),
})

/** Unit vectors in LPS: towards the eye, up and right on screen. */
export function toEye({ azimuthDeg, elevationDeg }: Pick<SolidLook, 'azimuthDeg' | 'elevationDeg'>): {
  readonly normal: Vec3
  readonly up: Vec3
  readonly right: Vec3
} {
  const [a, e] = [(azimuthDeg * Math.PI) / 180, (elevationDeg * Math.PI) / 180]
  return {
    normal: [Math.sin(a) * Math.cos(e), -Math.cos(a) * Math.cos(e), Math.sin(e)],
    up: [-Math.sin(a) * Math.sin(e), Math.cos(a) * Math.sin(e), Math.cos(e)],
    right: [Math.cos(a), Math.sin(a), 0],
  }
}
