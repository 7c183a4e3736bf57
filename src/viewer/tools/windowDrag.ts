/** What a view shows as black to white: Hounsfield units `centerHu ± widthHu/2`. */
export interface DisplayWindow {
  readonly widthHu: number
  readonly centerHu: number
}

const MIN_WIDTH_HU = 1
/** A drag of this many pixels moves a window by about its own width, within limits for very narrow and very wide ones. */
const PX_A_WIDTH = 400
const MIN_HU_A_PX = 0.5
const MAX_HU_A_PX = 5

/** To the right: wider. Downwards: a higher centre, so a darker picture. Whole Hounsfield units. */
export function toDraggedWindow({ widthHu, centerHu }: DisplayWindow, dx: number, dy: number): DisplayWindow {
  const huPerPx = Math.min(MAX_HU_A_PX, Math.max(MIN_HU_A_PX, widthHu / PX_A_WIDTH))
  return {
    widthHu: Math.max(MIN_WIDTH_HU, Math.round(widthHu + dx * huPerPx)),
    centerHu: Math.round(centerHu + dy * huPerPx),
  }
}
