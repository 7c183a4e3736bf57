/** How finely a machine draws in space. */
export interface Pace {
  /** CSS pixels along an edge that one drawn pixel covers. */
  readonly pixelPx: number
  /** Samples of a ray lie so many voxels apart at rest, and while the eye moves. */
  readonly atRest: number
  readonly moving: number
}

/** A processor takes seconds for what a graphics card draws in a frame. */
export const toFirstPace = (isSoftware: boolean): Pace =>
  isSoftware ? { pixelPx: 3, atRest: 2, moving: 5 } : { pixelPx: 1, atRest: 0.7, moving: 2 }

/** A frame of a moving picture that took longer holds up the planes. */
const SLOW_MS = 120
const MAX_PIXEL_PX = 4

/** What follows from the time that a frame took while the eye moved. */
export const toNextPace = (pace: Pace, frameMs: number): Pace =>
  frameMs > SLOW_MS && pace.pixelPx < MAX_PIXEL_PX ? { ...pace, pixelPx: pace.pixelPx + 1 } : pace
