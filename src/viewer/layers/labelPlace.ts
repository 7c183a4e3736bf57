import type { CanvasPoint } from './layer.ts'

const GAP_PX = 10
const EDGE_PX = 4
/** The slider of the slices stands at the right. */
const SLIDER_PX = 16

interface LabelSize {
  readonly width: number
  readonly height: number
}

/** Top left of a text beside a drawing: right of it, left where that leaves the pane, else wherever the pane still holds all of it. */
export function toLabelPlace(
  points: readonly CanvasPoint[],
  { width, height }: LabelSize,
  [paneWidth, paneHeight]: CanvasPoint,
): CanvasPoint {
  const right = points.reduce((best, point) => (point[0] > best[0] ? point : best))
  const left = points.reduce((best, point) => (point[0] < best[0] ? point : best))
  const fitsRight = right[0] + GAP_PX + width + SLIDER_PX <= paneWidth
  const fitsLeft = left[0] - GAP_PX - width >= EDGE_PX
  const isLeft = !fitsRight && fitsLeft
  const at = isLeft ? left : right
  const x = isLeft ? at[0] - GAP_PX - width : at[0] + GAP_PX
  const within = (value: number, most: number) => Math.max(EDGE_PX, Math.min(value, most))
  return [within(x, paneWidth - SLIDER_PX - width), within(at[1] - height / 2, paneHeight - EDGE_PX - height)]
}
