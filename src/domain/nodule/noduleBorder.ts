import { toGrid, toGridPoint } from '../geometry/grid.ts'
import type { Vec3 } from '../volume/volume.ts'
import { blurField, type WorkField } from './workField.ts'

/**
 * Where a nodule lies: cubes along the patient's axes with how much of each is in it, 0…255. Its border is where that is 128, and holds its
 * volume.
 */
export interface NoduleBorder {
  readonly originLpsMm: Vec3
  readonly stepMm: number
  readonly size: Vec3
  /** `i + size[0] * (j + size[1] * k)`. */
  readonly shares: Uint8Array
}

export const BORDER_SHARE = 128
/** Rounds the corners of the cells off. */
const BLUR_MM = 0.5
const MARGIN_CELLS = 3
const MOST_LEVEL = 0.8

export function toNoduleBorder(
  { size, stepMm, originLpsMm }: WorkField,
  nodule: Uint8Array,
  volumeMm3: number,
): NoduleBorder {
  const [low, high] = toBox(nodule, size)
  const shares = blurField({ size, stepMm, originLpsMm, hu: Float32Array.from(nodule) }, BLUR_MM)
  const cut = low.map((from, axis) => high[axis] - from + 1) as unknown as Vec3
  const level = toLevel(shares, volumeMm3 / stepMm ** 3)
  const kept = new Uint8Array(cut[0] * cut[1] * cut[2])
  for (let at = 0; at < kept.length; at++) {
    const [i, j, k] = [at % cut[0], Math.floor(at / cut[0]) % cut[1], Math.floor(at / (cut[0] * cut[1]))]
    const share = shares[i + low[0] + size[0] * (j + low[1] + size[1] * (k + low[2]))]
    kept[at] = Math.round(
      share < level
        ? (BORDER_SHARE * share) / level
        : BORDER_SHARE + ((255 - BORDER_SHARE) * (share - level)) / (1 - level),
    )
  }
  return {
    originLpsMm: originLpsMm.map((mm, axis) => mm + low[axis] * stepMm) as unknown as Vec3,
    stepMm,
    size: cut,
    shares: kept,
  }
}

/** The share that so many cells exceed. */
function toLevel(shares: Float32Array, cells: number): number {
  const falling = shares
    .filter((share) => share > 0)
    .sort()
    .reverse()
  const level = falling[Math.min(falling.length - 1, Math.round(cells))] ?? 0.5
  return Math.min(MOST_LEVEL, Math.max(1 - MOST_LEVEL, level))
}

function toBox(mask: Uint8Array, size: Vec3): readonly [number[], number[]] {
  const [low, high] = [[...size], [0, 0, 0]]
  mask.forEach((is, at) => {
    if (!is) return
    const place = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))]
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis], Math.max(0, place[axis] - MARGIN_CELLS))
      high[axis] = Math.max(high[axis], Math.min(size[axis] - 1, place[axis] + MARGIN_CELLS))
    }
  })
  return [low, high]
}

const toSteps = (mm: number): readonly [Vec3, Vec3, Vec3] => [
  [mm, 0, 0],
  [0, mm, 0],
  [0, 0, mm],
]

/** How much of a place (LPS mm) is in the nodule, 0…255, trilinearly. */
export function readBorder(border: NoduleBorder, pointLpsMm: Vec3): number {
  const { originLpsMm, stepMm, size, shares } = border
  const at = toGridPoint(toGrid({ originLpsMm, stepsLpsMm: toSteps(stepMm) }, size), pointLpsMm)
  const [i, j, k] = at.map(Math.floor)
  let sum = 0
  for (let corner = 0; corner < 8; corner++) {
    const [a, b, c] = [i + (corner & 1), j + ((corner >> 1) & 1), k + (corner >> 2)]
    if (a < 0 || b < 0 || c < 0 || a >= size[0] || b >= size[1] || c >= size[2]) continue
    const weight = (1 - Math.abs(at[0] - a)) * (1 - Math.abs(at[1] - b)) * (1 - Math.abs(at[2] - c))
    sum += weight * shares[a + size[0] * (b + size[1] * c)]
  }
  return sum
}

/** Middle of the box around it, and the radius of the ball around that, LPS mm. */
export function toBorderBall({ originLpsMm, stepMm, size }: NoduleBorder): { centerLpsMm: Vec3; radiusMm: number } {
  const centerLpsMm = originLpsMm.map((mm, axis) => mm + ((size[axis] - 1) / 2) * stepMm) as unknown as Vec3
  return { centerLpsMm, radiusMm: (Math.hypot(...size) / 2) * stepMm }
}
