import type { Vec3 } from '../volume/volume.ts'
import { type Affine, applyAffine, composeAffine } from './affine.ts'
import { type Field, readField } from './field.ts'
import { solveSymmetric } from './solve.ts'

/** Places in the fixed scan and what was measured there. */
export interface Samples {
  /** x, y, z of one after another, LPS mm. */
  readonly pointsLpsMm: Float64Array
  readonly hu: Float32Array
}

export interface Alignment {
  /** Fixed → moving. */
  readonly map: Affine
  /** Mean of the robust costs of samples that fall into the moving scan, 0 … 1. */
  readonly cost: number
  /** Share of samples that do. */
  readonly overlap: number
}

export type Freedom = 'rigid' | 'affine'

/** Differences beyond this stop to count more: what is new, or moves otherwise (Geman and McClure 1987). */
const OUTLIER_HU = 250
/** Scale of the matrix' parameters, so that a step of one is as long as a step of a shift: about the radius of a chest, mm. */
const RADIUS_MM = 100
const MOST_STEPS = 25
/** Below this a step changes nothing that anyone could see, mm. */
const SMALLEST_STEP_MM = 0.02
const DAMPING = 1e-4

/** Gauss and Newton's method on the robust squared difference of densities (Baker and Matthews 2004, forward and additive). */
export function alignDensity(samples: Samples, moving: Field, start: Affine, freedom: Freedom): Alignment {
  const middle = toMiddle(samples.pointsLpsMm)
  let best = judge(samples, moving, start)
  for (let n = 0; n < MOST_STEPS; n++) {
    const step = toStep(samples, moving, best.map, middle, freedom)
    if (!step) break
    const next = takeStep(samples, moving, best, step)
    if (!next) break
    best = next
    if (toLength(step) < SMALLEST_STEP_MM) break
  }
  return best
}

interface Step {
  /** Change of the moved point about `middle`. */
  readonly change: readonly [Vec3, Vec3, Vec3]
  readonly shift: Vec3
  /** Moved middle of the samples. */
  readonly middle: Vec3
  readonly freedom: Freedom
}

/** The whole step or a part of it that makes the cost less; null where none does. */
function takeStep(samples: Samples, moving: Field, from: Alignment, step: Step): Alignment | null {
  for (let part = 1; part > 0.1; part /= 2) {
    const next = judge(samples, moving, composeAffine(toChange(step, part), from.map))
    if (next.cost < from.cost) return next
  }
  return null
}

function toChange({ change, shift, middle, freedom }: Step, part: number): Affine {
  const rows = freedom === 'rigid' ? rotate(change, part) : spread(change, part)
  const turned = applyAffine({ rows, shiftMm: [0, 0, 0] }, middle)
  return { rows, shiftMm: [0, 1, 2].map((n) => middle[n] - turned[n] + part * shift[n]) as unknown as Vec3 }
}

const spread = (change: Step['change'], part: number) =>
  change.map((row, n) => row.map((value, k) => part * value + (n === k ? 1 : 0))) as unknown as Affine['rows']

/** Rodrigues' formula for the rotation whose vector is in a skew matrix. */
function rotate([[, c, b], [, , a]]: Step['change'], part: number): Affine['rows'] {
  const [x, y, z] = [-a * part, b * part, -c * part]
  const angle = Math.hypot(x, y, z)
  const s = angle < 1e-9 ? 1 : Math.sin(angle) / angle
  const k = angle < 1e-9 ? 0.5 : (1 - Math.cos(angle)) / angle ** 2
  return [
    [1 - k * (y * y + z * z), k * x * y - s * z, k * x * z + s * y],
    [k * x * y + s * z, 1 - k * (x * x + z * z), k * y * z - s * x],
    [k * x * z - s * y, k * y * z + s * x, 1 - k * (x * x + y * y)],
  ]
}

const toLength = ({ change, shift }: Step): number =>
  Math.hypot(...shift, ...change.flatMap((row) => row.map((value) => value * RADIUS_MM)))

function toMiddle(points: Float64Array): Vec3 {
  const sum = [0, 0, 0]
  for (let n = 0; n < points.length; n++) sum[n % 3] += points[n]
  return sum.map((value) => (3 * value) / Math.max(points.length, 1)) as unknown as Vec3
}

const pointAt = (points: Float64Array, n: number): Vec3 => [points[3 * n], points[3 * n + 1], points[3 * n + 2]]

function judge({ pointsLpsMm, hu }: Samples, moving: Field, map: Affine): Alignment {
  let cost = 0
  let within = 0
  const read = new Float64Array(4)
  for (let n = 0; n < hu.length; n++) {
    if (!readField(moving, applyAffine(map, pointAt(pointsLpsMm, n)), read)) continue
    const square = (read[0] - hu[n]) ** 2
    cost += square / (square + OUTLIER_HU ** 2)
    within++
  }
  return { map, cost: within > 0 ? cost / within : 1, overlap: within / Math.max(hu.length, 1) }
}

/** The step that Gauss and Newton's equations give; null where the samples do not determine it. */
function toStep(samples: Samples, moving: Field, map: Affine, fixedMiddle: Vec3, freedom: Freedom): Step | null {
  const middle = applyAffine(map, fixedMiddle)
  const count = freedom === 'rigid' ? 6 : 12
  const matrix = new Float64Array(count * count)
  const right = new Float64Array(count)
  const row = new Float64Array(count)
  const read = new Float64Array(4)
  for (let n = 0; n < samples.hu.length; n++) {
    const point = applyAffine(map, pointAt(samples.pointsLpsMm, n))
    if (!readField(moving, point, read)) continue
    const difference = read[0] - samples.hu[n]
    const weight = (OUTLIER_HU ** 2 / (OUTLIER_HU ** 2 + difference ** 2)) ** 2
    fillRow(row, point, middle, read)
    for (let i = 0; i < count; i++) {
      right[i] -= weight * difference * row[i]
      for (let k = 0; k <= i; k++) matrix[i * count + k] += weight * row[i] * row[k]
    }
  }
  for (let i = 0; i < count; i++) matrix[i * count + i] *= 1 + DAMPING
  const solved = solveSymmetric(matrix, right)
  return solved && { ...toStepParts(solved), middle, freedom }
}

/** Derivatives of the density: by the shift, then by a rotation (6) or by the matrix (12). */
function fillRow(row: Float64Array, point: Vec3, middle: Vec3, [, gx, gy, gz]: Float64Array): void {
  const x = (point[0] - middle[0]) / RADIUS_MM
  const y = (point[1] - middle[1]) / RADIUS_MM
  const z = (point[2] - middle[2]) / RADIUS_MM
  if (row.length === 6) {
    row.set([gx, gy, gz, y * gz - z * gy, z * gx - x * gz, x * gy - y * gx])
    return
  }
  row.set([gx, gy, gz, gx * x, gx * y, gx * z, gy * x, gy * y, gy * z, gz * x, gz * y, gz * z])
}

function toStepParts(solved: Float64Array): Pick<Step, 'change' | 'shift'> {
  const shift: Vec3 = [solved[0], solved[1], solved[2]]
  const values = Array.from(solved.subarray(3), (value) => value / RADIUS_MM)
  if (values.length === 9) {
    const [a, b, c, d, e, f, g, h, i] = values
    return {
      shift,
      change: [
        [a, b, c],
        [d, e, f],
        [g, h, i],
      ],
    }
  }
  const [x, y, z] = values
  return {
    shift,
    change: [
      [0, -z, y],
      [z, 0, -x],
      [-y, x, 0],
    ],
  }
}
