import { type Grid, toGridPoint, toGridVector, toPatientPoint } from '../geometry/grid.ts'
import { dot, subtract } from '../geometry/vector.ts'
import type { Vec3 } from '../volume/volume.ts'
import { type Rgb, type SegmentVoxels, segmentAt } from './segmentation.ts'

/** Where the pixels of a raster lie in the patient, LPS mm. */
export interface SliceRaster {
  readonly width: number
  readonly height: number
  readonly originLpsMm: Vec3
  readonly stepXLpsMm: Vec3
  readonly stepYLpsMm: Vec3
}

/** The segment whose voxel each pixel of a plane lies in, 0 for none: of several the last that is visible. */
export function sliceSegments(
  segmentation: SegmentVoxels,
  framesByLayer: readonly (readonly number[])[],
  isVisible: (segment: number) => boolean,
  raster: SliceRaster,
): Uint16Array {
  const { width, height, originLpsMm, stepXLpsMm, stepYLpsMm } = raster
  const { grid } = segmentation
  const [columns, rows, layers] = grid.size
  const start = toGridPoint(grid, originLpsMm)
  const [dx, dy] = [toGridVector(grid, stepXLpsMm), toGridVector(grid, stepYLpsMm)]
  const labels = new Uint16Array(width * height)
  const [[firstX, lastX], [firstY, lastY]] = toReach(grid, raster)
  for (let y = firstY; y <= lastY; y++)
    for (let x = firstX; x <= lastX; x++) {
      const k = Math.round(start[2] + x * dx[2] + y * dy[2])
      if (k < 0 || k >= layers || framesByLayer[k].length === 0) continue
      const i = Math.round(start[0] + x * dx[0] + y * dy[0])
      const j = Math.round(start[1] + x * dx[1] + y * dy[1])
      if (i < 0 || j < 0 || i >= columns || j >= rows) continue
      for (const frame of framesByLayer[k]) {
        const segment = segmentAt(segmentation, frame, j * columns + i)
        if (segment !== 0 && isVisible(segment)) labels[y * width + x] = segment
      }
    }
  return labels
}

/** Pixels beyond which no voxel of the grid lies, first and last of a row and of a column: a small organ costs little of a large plane. */
function toReach({ size, ...frame }: Grid, { width, height, originLpsMm, stepXLpsMm, stepYLpsMm }: SliceRaster) {
  const ends = size.map((count) => [-0.5, count - 0.5])
  const corners = ends[0].flatMap((i) => ends[1].flatMap((j) => ends[2].map((k) => toPatientPoint(frame, [i, j, k]))))
  const along = (step: Vec3, count: number): [number, number] => {
    const pixels = corners.map((corner) => dot(subtract(corner, originLpsMm), step) / dot(step, step))
    return [Math.max(0, Math.floor(Math.min(...pixels))), Math.min(count - 1, Math.ceil(Math.max(...pixels)))]
  }
  return [along(stepXLpsMm, width), along(stepYLpsMm, height)]
}

/** Fills each segment with its colour at an opacity, its border whole, over what is there. RGBA. */
export function paintSegments(
  labels: Uint16Array,
  width: number,
  colorOf: (segment: number) => Rgb,
  opacity: number,
  rgba: Uint8ClampedArray,
): void {
  const fill = Math.round(255 * opacity)
  for (let at = 0; at < labels.length; at++) {
    const segment = labels[at]
    if (segment === 0) continue
    const isBorder = [at - 1, at + 1, at - width, at + width].some((other) => labels[other] !== segment)
    rgba.set([...colorOf(segment), isBorder ? 255 : fill], 4 * at)
  }
}
