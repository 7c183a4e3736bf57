import { toGrid, toGridVector } from '../geometry/grid.ts'
import type { Vec3 } from '../volume/volume.ts'
import { NOT_MEASURED, type NoduleCrop } from './noduleCrop.ts'

/**
 * HU about a place in cubes along the axes of the patient: a nodule is cut from them whatever spacing, tilt or direction the scan has.
 * Read trilinearly, which keeps sums over space.
 */
export interface WorkField {
  readonly size: Vec3
  readonly stepMm: number
  /** Centre of the cell (0, 0, 0), LPS mm. */
  readonly originLpsMm: Vec3
  /** `UNKNOWN` outside of the scan and in missing layers. */
  readonly hu: Float32Array
}

export const UNKNOWN = -32768

/** A cube of the scan, `halfMm` to each side of a place. */
export function toWorkField(crop: NoduleCrop, centerLpsMm: Vec3, halfMm: number, stepMm: number): WorkField {
  const half = Math.ceil(halfMm / stepMm)
  const side = 2 * half + 1
  const size: Vec3 = [side, side, side]
  const originLpsMm = centerLpsMm.map((mm) => mm - half * stepMm) as unknown as Vec3
  const hu = new Float32Array(side ** 3)
  const grid = toGrid(crop, crop.size)
  const first = toGridVector(grid, originLpsMm.map((mm, n) => mm - crop.originLpsMm[n]) as unknown as Vec3)
  const along = [0, 1, 2].map((axis) =>
    toGridVector(grid, [0, 1, 2].map((n) => (n === axis ? stepMm : 0)) as unknown as Vec3),
  )
  let at = 0
  for (let k = 0; k < side; k++)
    for (let j = 0; j < side; j++)
      for (let i = 0; i < side; i++) {
        const x = first[0] + i * along[0][0] + j * along[1][0] + k * along[2][0]
        const y = first[1] + i * along[0][1] + j * along[1][1] + k * along[2][1]
        const z = first[2] + i * along[0][2] + j * along[1][2] + k * along[2][2]
        hu[at++] = readAt(crop, x, y, z)
      }
  return { size, stepMm, originLpsMm, hu }
}

const EDGE = 1e-6

function readAt({ hu, size: [nx, ny, nz] }: NoduleCrop, x: number, y: number, z: number): number {
  if (x < -EDGE || y < -EDGE || z < -EDGE || x > nx - 1 + EDGE || y > ny - 1 + EDGE || z > nz - 1 + EDGE) return UNKNOWN
  const [i, j, k] = [toLow(x, nx), toLow(y, ny), toLow(z, nz)]
  let sum = 0
  for (let corner = 0; corner < 8; corner++) {
    const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2]
    const weight = (a ? x - i : 1 - x + i) * (b ? y - j : 1 - y + j) * (c ? z - k : 1 - z + k)
    if (Math.abs(weight) < EDGE) continue
    const value = hu[i + a + nx * (j + b + ny * (k + c))]
    if (value === NOT_MEASURED) return UNKNOWN
    sum += weight * value
  }
  return sum
}

const toLow = (x: number, count: number): number => Math.max(0, Math.min(Math.floor(x), count - 2))

/** The same blurred by a Gaussian; what is unknown stays so. */
export function blurField({ hu, size, stepMm }: WorkField, deviationMm: number): Float32Array {
  const reach = Math.ceil((2.5 * deviationMm) / stepMm)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, n) =>
    Math.exp(-0.5 * (((n - reach) * stepMm) / deviationMm) ** 2),
  )
  let from = hu
  const steps = [1, size[0], size[0] * size[1]]
  for (let axis = 0; axis < 3; axis++) from = blurAlong(from, steps[axis], size[axis], weights)
  return from
}

function blurAlong(from: Float32Array, step: number, count: number, weights: readonly number[]): Float32Array {
  const to = new Float32Array(from.length)
  const reach = (weights.length - 1) / 2
  for (let outer = 0; outer < from.length; outer += step * count)
    for (let inner = 0; inner < step; inner++)
      for (let n = 0; n < count; n++) {
        const at = outer + inner + n * step
        to[at] = from[at] === UNKNOWN ? UNKNOWN : meanAbout(from, at, n, count, step, weights, reach)
      }
  return to
}

function meanAbout(
  from: Float32Array,
  at: number,
  n: number,
  count: number,
  step: number,
  weights: readonly number[],
  reach: number,
): number {
  let [sum, all] = [0, 0]
  for (let w = Math.max(-reach, -n); w <= Math.min(reach, count - 1 - n); w++) {
    const value = from[at + w * step]
    if (value === UNKNOWN) continue
    sum += weights[w + reach] * value
    all += weights[w + reach]
  }
  return sum / all
}
