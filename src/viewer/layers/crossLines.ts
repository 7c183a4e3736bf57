import { addScaled, cross } from '../../domain/geometry/vector.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import type { CanvasPoint, PaneGeometry } from './layer.ts'

/** Half the gap, so that the place that is pointed at stays free: 30 mm of a chest in a view of 800 px. */
const GAP_PX = 32
/** Cornerstone projects in single precision: a point set at pixel 330 comes back as 329.9999. */
const PROJECTION_ERROR_PX = 1e-3
/** A line that strays by less from the pixels' rows or columns lies along them. */
const ALONG = 1e-5
/** Where on its half of a line a handle lies, as a share of the way to the edge of the view, but clear of the letter there. */
const HANDLE_SHARE = 0.72
const LETTER_PX = 60
/** A handle nearer to the crosshair would turn by tens of degrees a pixel. */
const LEAST_HANDLE_PX = 56

/** One half of a line of the crosshair, from the gap to the edge of the view. */
export interface HalfLine {
  readonly from: CanvasPoint
  readonly to: CanvasPoint
  /** Where it can be taken; null where it is too short. */
  readonly handle: CanvasPoint | null
}

/** Half pixels keep one-pixel lines sharp. */
const toSharp = (at: number): number => Math.floor(at + PROJECTION_ERROR_PX) + 0.5

/** Unit vector on the canvas along which the plane of another normal cuts the view's. */
function toDirection({ normal, toCanvas }: PaneGeometry, otherNormal: Vec3, point: Vec3): CanvasPoint {
  const [a, b] = [toCanvas(point), toCanvas(addScaled(point, cross(normal, otherNormal), 100))]
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = Math.hypot(dx, dy) || 1
  const [x, y] = [dx / length, dy / length]
  if (Math.abs(y) < ALONG) return [Math.sign(x), 0]
  return Math.abs(x) < ALONG ? [0, Math.sign(y)] : [x, y]
}

/** How far a ray from a point goes until it leaves the view for good; 0 where it never meets it. */
function toReach([x, y]: CanvasPoint, [dx, dy]: CanvasPoint, width: number, height: number): number {
  const walls = [
    [dx, width - x, -x],
    [dy, height - y, -y],
  ] as const
  let [near, far] = [0, Number.POSITIVE_INFINITY]
  for (const [slope, above, below] of walls) {
    if (slope === 0 && (above < 0 || below > 0)) return 0
    if (slope === 0) continue
    const ends = [above / slope, below / slope]
    near = Math.max(near, Math.min(...ends))
    far = Math.min(far, Math.max(...ends))
  }
  return far > near ? far : 0
}

/** The four halves of the lines through a point, in which the planes of the other views cut a view. */
export function toHalfLines(geometry: PaneGeometry, point: Vec3): readonly HalfLine[] {
  const { width, height, otherNormals, toCanvas } = geometry
  const [x, y] = toCanvas(point)
  const centre: CanvasPoint = [toSharp(x), toSharp(y)]
  return otherNormals
    .map((normal) => toDirection(geometry, normal, point))
    .flatMap(([dx, dy]) => [[dx, dy] as const, [-dx, -dy] as const])
    .map((direction): HalfLine => {
      const at = (px: number): CanvasPoint => [centre[0] + px * direction[0], centre[1] + px * direction[1]]
      const reach = toReach(centre, direction, width, height)
      const handlePx = Math.min(HANDLE_SHARE * reach, reach - LETTER_PX)
      const handle = isWithin(centre, width, height) && handlePx >= LEAST_HANDLE_PX ? at(handlePx) : null
      return { from: at(Math.min(GAP_PX, reach)), to: at(reach), handle }
    })
}

const isWithin = ([x, y]: CanvasPoint, width: number, height: number): boolean =>
  x >= 0 && y >= 0 && x <= width && y <= height
