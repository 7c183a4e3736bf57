import { type Grid, toGrid } from '../../geometry/grid.ts'
import { addScaled, cross, dot, lengthOf, scale } from '../../geometry/vector.ts'
import type { Vec3 } from '../../volume/volume.ts'
import type { SegmentExtent, SegmentFrame, SegmentVoxels } from '../segmentation.ts'
import { type ContourPlane, type ContourStack, LARGEST_GAP_STEPS, pointAt } from './contourStack.ts'

/** Pixels of a region's mask: so many along its longer side, but none smaller or larger than these, mm. */
const MASK_SIDE = 512
const SMALLEST_PIXEL_MM = 0.25
const LARGEST_PIXEL_MM = 1
/** Lines a pixel along which areas are measured: the mask has its middle one. */
const LINES = 5
const MOST_LAYERS = 20_000
const MOST_VOXELS = 2 ** 31

/** A region's mask on a grid of its own, its volume, and a place in it. */
export interface FilledRegion {
  readonly voxels: SegmentVoxels
  readonly extent: SegmentExtent
}

interface Raster {
  readonly u: Vec3
  readonly v: Vec3
  /** Middle of the first pixel, along u and v. */
  readonly start: readonly [number, number]
  readonly pixelMm: number
  readonly columns: number
  readonly rows: number
}

/**
 * Fills closed contours by the even-odd rule: what lies in a second contour of the same plane is a hole (CLOSEDPLANAR_XOR, and how holes are
 * written without a keyhole; a keyhole is filled alike). Volume = Σ area of a plane · its thickness, areas by the lengths of chords five to
 * a pixel. Words where the mask would be too large.
 */
export function fillContours(segment: number, stack: ContourStack): FilledRegion | string {
  const raster = toRaster(stack)
  const stepMm = stack.stepMm ?? 1
  const first = stack.planes[0].offsetMm
  const layers = Math.round((stack.planes[stack.planes.length - 1].offsetMm - first) / stepMm) + 1
  const area = raster.columns * raster.rows
  if (layers > MOST_LAYERS || area * layers > MOST_VOXELS) return 'its contours reach too far'
  const filled = stack.planes.map((plane) => fillPlane(plane, raster))
  const frames: (SegmentFrame & { plane: number })[] = []
  for (let layer = 0; layer < layers; layer++) {
    const plane = toNearest(stack, first + layer * stepMm, stepMm)
    if (plane !== null) frames.push({ layer, segment, plane })
  }
  const pixels = new Uint8Array(Math.ceil((area * frames.length) / 8))
  frames.forEach(({ plane }, frame) => {
    for (const at of filled[plane].inside) pixels[(frame * area + at) >> 3] |= 1 << ((frame * area + at) & 7)
  })
  const ml = stack.stepMm && filled.reduce((sum, { mm2 }, n) => sum + mm2 * stack.planes[n].thicknessMm, 0) / 1000
  const largest = filled.reduce((best, { mm2 }, n) => (mm2 > filled[best].mm2 ? n : best), 0)
  const [x, y] = filled[largest].middle
  const pointLpsMm = toPlace(stack, raster, x, y, stack.planes[largest].offsetMm)
  const grid = toMaskGrid(stack, raster, first, stepMm, layers)
  return {
    voxels: { grid, frames: frames.map(({ layer }) => ({ layer, segment })), pixels, bits: 1, threshold: 1 },
    extent: { number: segment, ml, pointLpsMm },
  }
}

/** The plane that a layer stands for; null in a gap. */
function toNearest({ planes }: ContourStack, offsetMm: number, stepMm: number): number | null {
  let nearest = 0
  planes.forEach((plane, n) => {
    if (Math.abs(plane.offsetMm - offsetMm) < Math.abs(planes[nearest].offsetMm - offsetMm)) nearest = n
  })
  return Math.abs(planes[nearest].offsetMm - offsetMm) <= (LARGEST_GAP_STEPS / 2) * stepMm ? nearest : null
}

function toRaster({ normalLps, planes }: ContourStack): Raster {
  const axis: Vec3 = Math.abs(normalLps[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]
  const across = addScaled(axis, normalLps, -dot(axis, normalLps))
  const u = scale(across, 1 / lengthOf(across))
  const v = cross(normalLps, u)
  const [low, high] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ]
  for (const { contours } of planes)
    for (const points of contours)
      for (let n = 0; n < points.length / 3; n++)
        for (const [m, along] of [u, v].entries()) {
          const at = dot(along, pointAt(points, n))
          if (at < low[m]) low[m] = at
          if (at > high[m]) high[m] = at
        }
  const longer = Math.max(high[0] - low[0], high[1] - low[1])
  const pixelMm = Math.min(LARGEST_PIXEL_MM, Math.max(SMALLEST_PIXEL_MM, longer / MASK_SIDE))
  const toCount = (n: 0 | 1) => Math.max(1, Math.ceil((high[n] - low[n]) / pixelMm))
  return { u, v, pixelMm, columns: toCount(0), rows: toCount(1), start: [low[0] + pixelMm / 2, low[1] + pixelMm / 2] }
}

/** Indices of the pixels whose middle lies inside, the area, and the middle of the longest chord, in pixels. */
function fillPlane({ contours }: ContourPlane, { u, v, start, pixelMm, columns, rows }: Raster) {
  const crossings: number[][] = Array.from({ length: rows * LINES }, () => [])
  const toLine = (mm: number) => ((mm - start[1]) / pixelMm + 0.5) * LINES - 0.5
  for (const points of contours) {
    const count = points.length / 3
    for (let n = 0; n < count; n++) {
      const [a, b] = [pointAt(points, n), pointAt(points, (n + 1) % count)]
      const [from, to] = [toLine(dot(v, a)), toLine(dot(v, b))]
      const [low, high] = [Math.min(from, to), Math.max(from, to)]
      const [startX, endX] = [(dot(u, a) - start[0]) / pixelMm, (dot(u, b) - start[0]) / pixelMm]
      // A line at the height of a corner belongs to the edge that goes on above it, so that it is crossed once.
      for (let line = Math.max(0, Math.ceil(low)); line < high && line < crossings.length; line++)
        crossings[line].push(startX + ((endX - startX) * (line - from)) / (to - from))
    }
  }
  const inside: number[] = []
  let chords = 0
  let longest = 0
  let middle: [number, number] = [0, 0]
  crossings.forEach((found, line) => {
    found.sort((a, b) => a - b)
    const row = (line - (LINES - 1) / 2) / LINES
    for (let n = 0; n + 1 < found.length; n += 2) {
      const [from, to] = [found[n], found[n + 1]]
      chords += to - from
      if (to - from > longest) [longest, middle] = [to - from, [(from + to) / 2, row]]
      if (!Number.isInteger(row)) continue
      for (let i = Math.max(0, Math.ceil(from)); i < to && i < columns; i++) inside.push(row * columns + i)
    }
  })
  return { inside, mm2: (chords * pixelMm * pixelMm) / LINES, middle }
}

const toPlace = ({ normalLps }: ContourStack, { u, v, start, pixelMm }: Raster, x: number, y: number, offset: number) =>
  addScaled(addScaled(scale(normalLps, offset), u, start[0] + x * pixelMm), v, start[1] + y * pixelMm)

function toMaskGrid(stack: ContourStack, raster: Raster, first: number, stepMm: number, layers: number): Grid {
  const { u, v, pixelMm, columns, rows } = raster
  const stepsLpsMm = [scale(u, pixelMm), scale(v, pixelMm), scale(stack.normalLps, stepMm)] as const
  return toGrid({ originLpsMm: toPlace(stack, raster, 0, 0, first), stepsLpsMm }, [columns, rows, layers])
}
