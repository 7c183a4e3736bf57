import { dot, lengthOf, scale, subtract } from '../geometry/vector.ts'
import type { Vec3 } from '../volume/volume.ts'
import { BORDER_SHARE, type NoduleBorder } from './noduleBorder.ts'

/** Ends of the long axis, then of the short one, LPS mm. */
export type AxialAxes = readonly [Vec3, Vec3, Vec3, Vec3]

/** Two lines count as at right angles within this cosine. */
const ACROSS = 0.08

/** The longest line within the border in any axial layer, and the longest there at right angles to it. */
export function toAxialAxes(border: NoduleBorder): AxialAxes {
  let best: { ends: readonly [Vec3, Vec3]; points: readonly Vec3[]; length: number } | null = null
  for (let k = 0; k < border.size[2]; k++) {
    const points = toLayerBorder(border, k)
    const ends = toFarthest(points, () => true)
    const length = ends ? lengthOf(subtract(ends[1], ends[0])) : 0
    if (ends && (!best || length > best.length)) best = { ends, points, length }
  }
  if (!best) return [border.originLpsMm, border.originLpsMm, border.originLpsMm, border.originLpsMm]
  const along = scale(subtract(best.ends[1], best.ends[0]), 1 / best.length)
  const across = toFarthest(best.points, (line, length) => Math.abs(dot(line, along)) < ACROSS * length)
  return [...best.ends, ...(across ?? [best.ends[0], best.ends[0]])] as AxialAxes
}

function toFarthest(
  points: readonly Vec3[],
  counts: (line: Vec3, length: number) => boolean,
): readonly [Vec3, Vec3] | null {
  let [best, longest]: [readonly [Vec3, Vec3] | null, number] = [null, 0]
  for (let a = 0; a < points.length; a++)
    for (let b = a + 1; b < points.length; b++) {
      const line = subtract(points[b], points[a])
      const length = lengthOf(line)
      if (length > longest && counts(line, length)) [best, longest] = [[points[a], points[b]], length]
    }
  return best
}

/** Where the lines between the cells of an axial layer cross the border. */
function toLayerBorder({ originLpsMm, stepMm, size, shares }: NoduleBorder, k: number): Vec3[] {
  const points: Vec3[] = []
  const [nx, ny] = size
  const read = (i: number, j: number) => shares[i + nx * (j + ny * k)]
  const add = (i: number, j: number, di: number, dj: number) => {
    const [from, to] = [read(i, j), read(i + di, j + dj)]
    if (from >= BORDER_SHARE === to >= BORDER_SHARE) return
    const part = (BORDER_SHARE - from) / (to - from)
    const cell = [i + di * part, j + dj * part, k]
    points.push(originLpsMm.map((mm, axis) => mm + cell[axis] * stepMm) as unknown as Vec3)
  }
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      if (i + 1 < nx) add(i, j, 1, 0)
      if (j + 1 < ny) add(i, j, 0, 1)
    }
  return points
}
