import { cross, dot, lengthOf, scale, subtract } from '../../geometry/vector.ts'
import type { Vec3 } from '../../volume/volume.ts'

/** Points of a contour, x, y, z in LPS mm one behind another. */
export type ContourPoints = Float64Array

/** Contours that lie in one plane. */
export interface ContourPlane {
  /** Of the plane along the normal, mm. */
  readonly offsetMm: number
  readonly contours: readonly ContourPoints[]
  /** What it stands for: to the middle between it and its neighbours, or half a step beyond the last. */
  readonly thicknessMm: number
}

/** Closed contours of a region in parallel planes, in order along their normal. */
export interface ContourStack {
  readonly normalLps: Vec3
  /** Smallest distance of two planes; of a single one what its header says, else null. */
  readonly stepMm: number | null
  readonly planes: readonly ContourPlane[]
}

/** Points lie in one plane within this, and planes nearer to one another are one, mm: headers round. */
export const SAME_PLANE_MM = 0.2
/** Neighbours farther apart than this many steps have a gap between them, in which nothing was drawn. */
export const LARGEST_GAP_STEPS = 1.5

export const pointAt = (points: ContourPoints, n: number): Vec3 => [points[3 * n], points[3 * n + 1], points[3 * n + 2]]

/** Contours by their planes, or words that say why they have none in common. `slabMm`: thickness that the header names. */
export function stackContours(contours: readonly ContourPoints[], slabMm: number | null): ContourStack | string {
  const normalLps = toNormal(contours)
  if (!normalLps) return 'its contours have no area'
  const placed: { offsetMm: number; points: ContourPoints }[] = []
  for (const points of contours) {
    const offsets = Array.from({ length: points.length / 3 }, (_, n) => dot(normalLps, pointAt(points, n)))
    const offsetMm = offsets.reduce((a, b) => a + b) / offsets.length
    if (offsets.some((one) => Math.abs(one - offsetMm) > SAME_PLANE_MM))
      return 'its contours do not lie in parallel planes'
    placed.push({ offsetMm, points })
  }
  placed.sort((a, b) => a.offsetMm - b.offsetMm)
  const planes: { offsetMm: number; contours: ContourPoints[] }[] = []
  for (const { offsetMm, points } of placed) {
    const last = planes.at(-1)
    if (last && offsetMm - last.offsetMm < SAME_PLANE_MM) last.contours.push(points)
    else planes.push({ offsetMm, contours: [points] })
  }
  const gaps = planes.slice(1).map(({ offsetMm }, n) => offsetMm - planes[n].offsetMm)
  const stepMm = gaps.length > 0 ? gaps.reduce((a, b) => Math.min(a, b)) : slabMm
  const half = (gap: number | undefined) =>
    (gap !== undefined && gap <= LARGEST_GAP_STEPS * (stepMm ?? 0) ? gap : (stepMm ?? 0)) / 2
  return {
    normalLps,
    stepMm,
    planes: planes.map((plane, n) => ({ ...plane, thicknessMm: half(gaps[n - 1]) + half(gaps[n]) })),
  }
}

/** Of the largest contour, since the points of a small one are rounded most; by Newell's method, towards the patient's head, back or left. */
function toNormal(contours: readonly ContourPoints[]): Vec3 | null {
  const doubled = contours.map(toDoubleArea)
  const largest = doubled.reduce((best, one) => (lengthOf(one) > lengthOf(best) ? one : best), [0, 0, 0])
  const length = lengthOf(largest)
  if (length < 1e-6) return null
  const unit = scale(largest, 1 / length)
  const main = unit.reduce((best, one) => (Math.abs(one) > Math.abs(best) ? one : best))
  return main < 0 ? scale(unit, -1) : unit
}

function toDoubleArea(points: ContourPoints): Vec3 {
  const count = points.length / 3
  const first = pointAt(points, 0)
  let sum: Vec3 = [0, 0, 0]
  for (let n = 1; n + 1 < count; n++) {
    const part = cross(subtract(pointAt(points, n), first), subtract(pointAt(points, n + 1), first))
    sum = [sum[0] + part[0], sum[1] + part[1], sum[2] + part[2]]
  }
  return sum
}
