import type { Lobe } from '../findingDetails.ts'
import type { AnatomyParameters } from './anatomyParameters.ts'
import { interpolateKnots, smoothStep } from './knots.ts'

const ANGLE_BINS = 512
const KNOT_FIRST = -180
const KNOT_STEP = 45
const CAVITY_POWER = 2.3
const WALL_POWER = 2.5
/** Half-axes of the pleural cavity and of the muscle surface at z = −180 … 180 step 45, mm. */
const CAVITY_SIDE = [133, 138, 139, 136, 131, 121, 99, 70, 50]
const CAVITY_FRONT = [95, 95, 92, 86, 78, 66, 52, 40, 35]
const CAVITY_BACK = [72, 77, 82, 86, 88, 86, 78, 64, 50]
const WALL_SIDE = [151, 155, 158, 158, 160, 170, 190, 196, 150]
const WALL_FRONT = [104, 105, 105, 101, 95, 84, 72, 62, 54]
const WALL_BACK = [95, 98, 102, 105, 108, 109, 106, 96, 84]

/** Thickness of ribs and intercostal muscles, mm. */
const CAGE_MM = 9

/** Surfaces of the trunk in one axial plane, as distances from the axis (0, 0) for `ANGLE_BINS` directions, mm. */
export interface TrunkRadii {
  readonly skin: Float32Array
  readonly muscle: Float32Array
  readonly muscleInner: Float32Array
  readonly cage: Float32Array
  readonly cavity: Float32Array
}

export function createTrunkRadii(): TrunkRadii {
  const make = () => new Float32Array(ANGLE_BINS)
  return { skin: make(), muscle: make(), muscleInner: make(), cage: make(), cavity: make() }
}

const ANGLES = Array.from({ length: ANGLE_BINS }, (_, bin) => ((bin + 0.5) / ANGLE_BINS) * 2 * Math.PI - Math.PI)
const COSINES = ANGLES.map(Math.cos)
const SINES = ANGLES.map(Math.sin)

export function toAngleBin(x: number, y: number): number {
  return Math.min(Math.floor(((Math.atan2(y, x) + Math.PI) / (2 * Math.PI)) * ANGLE_BINS), ANGLE_BINS - 1)
}

/** Fills the trunk's surfaces at height z. Angle 0 points Left, π/2 to Posterior. */
export function fillTrunkRadii(anatomy: AnatomyParameters, z: number, radii: TrunkRadii): void {
  const at = (knots: readonly number[]) => interpolateKnots(knots, KNOT_FIRST, KNOT_STEP, z)
  const cavity = { side: at(CAVITY_SIDE), front: at(CAVITY_FRONT), back: at(CAVITY_BACK) }
  const extra = anatomy.muscleMm - 12
  const wall = { side: at(WALL_SIDE) + extra, front: at(WALL_FRONT) + extra * 0.6, back: at(WALL_BACK) + extra * 0.5 }
  const belly = smoothStep(-60, -150, z)
  for (let bin = 0; bin < ANGLE_BINS; bin++) {
    const c = Math.abs(COSINES[bin])
    const s = SINES[bin]
    const back = Math.max(s, 0)
    const front = Math.max(-s, 0)
    const inner = toSuperellipseRadius(c, Math.abs(s), cavity.side, s > 0 ? cavity.back : cavity.front, CAVITY_POWER)
    const groove = s > 0.9 ? 5 * smoothStep(0.93, 1, s) : 0
    const outer = toSuperellipseRadius(c, Math.abs(s), wall.side, s > 0 ? wall.back : wall.front, WALL_POWER) - groove
    radii.cavity[bin] = inner
    radii.cage[bin] = inner + CAGE_MM
    radii.muscle[bin] = Math.max(outer, inner + CAGE_MM + 4)
    const depth = s > 0.72 ? 60 : anatomy.muscleMm * (0.8 + 0.5 * c) + 14 * back * back
    radii.muscleInner[bin] = Math.max(radii.muscle[bin] - depth, radii.cage[bin])
    const fat =
      anatomy.fatMm * (0.75 + 0.35 * c - 0.25 * back * back + 0.6 * belly * front) + toBreastMm(anatomy, bin, z)
    radii.skin[bin] = radii.muscle[bin] + fat + 2
  }
}

function toBreastMm(anatomy: AnatomyParameters, bin: number, z: number): number {
  const s = SINES[bin]
  if (s > 0.35 || anatomy.breastMm < 1) return 0
  const across = (Math.abs(COSINES[bin]) - 0.62) / 0.3
  const along = (z + 12) / 42
  return anatomy.breastMm * smoothStep(0.35, -0.25, s) * Math.exp(-across * across - along * along)
}

function toSuperellipseRadius(c: number, s: number, a: number, b: number, power: number): number {
  return ((c / a) ** power + (s / b) ** power) ** (-1 / power)
}

/** Radius of the pleural cavity in the direction of (x, y) at height z. */
export function toCavityRadius(x: number, y: number, z: number): number {
  const at = (knots: readonly number[]) => interpolateKnots(knots, KNOT_FIRST, KNOT_STEP, z)
  const r = Math.hypot(x, y) || 1
  return toSuperellipseRadius(
    Math.abs(x) / r,
    Math.abs(y) / r,
    at(CAVITY_SIDE),
    y > 0 ? at(CAVITY_BACK) : at(CAVITY_FRONT),
    CAVITY_POWER,
  )
}

/** Height of the diaphragm over (x, y): two domes and the tendon that carries the heart, deep recesses at the back. */
export function toDiaphragmZ(anatomy: AnatomyParameters, x: number, y: number): number {
  const right = toDomeZ(anatomy.domeRightMm, x + 64, y + 12)
  const left = toDomeZ(anatomy.domeLeftMm, x - 66, y + 8)
  const mix = smoothStep(-18, 18, x)
  const domes = right + (left - right) * mix
  const dx = (x - 16) / 60
  const dy = (y + 20) / 52
  const tendon = Math.min(anatomy.domeRightMm, anatomy.domeLeftMm) - 5 - 42 * (dx * dx + dy * dy)
  const apart = domes - tendon
  return (domes + tendon + Math.sqrt(apart * apart + 60)) / 2
}

function toDomeZ(top: number, dx: number, dy: number): number {
  const u = (dx / 76) ** 2 + (dy / (dy > 0 ? 92 : 84)) ** 2
  return top - 66 * u - 8 * u * u
}

/** Height of the lung's upper end over (x, y). */
export function toApexZ(anatomy: AnatomyParameters, x: number, y: number): number {
  const dx = (Math.abs(x) - 46) / 34
  const dy = (y - 18) / 44
  return anatomy.apexMm - 22 * (dx * dx + dy * dy)
}

/** Distance |x| at which the lung begins beside the mediastinum (heart and vessels are laid over it later). */
export function toMedialMm(y: number, z: number): number {
  const upper = smoothStep(20, 75, z)
  const front = smoothStep(-70, -24, y) * (1 + 0.1 * Math.sin(z * 0.09 + y * 0.05))
  const spine = smoothStep(26, 44, y)
  const width = 2.5 + (11.5 + 15 * upper) * front
  const gutter = smoothStep(62, 84, y)
  return width + (19 + 5 * gutter - width) * spine
}

/** Depth of a point inside the lungs, mm; negative outside. The heart and great vessels are not subtracted. */
export function toLungDepth(anatomy: AnatomyParameters, x: number, y: number, z: number): number {
  const wall = toCavityRadius(x, y, z) - Math.hypot(x, y)
  const floor = (z - toDiaphragmZ(anatomy, x, y)) * 0.75
  const roof = (toApexZ(anatomy, x, y) - z) * 0.75
  const medial = Math.abs(x) - toMedialMm(y, z)
  return Math.min(wall, floor, roof, medial)
}

/** Signed height above the oblique fissure, mm: positive in the upper (and middle) lobe. */
export function toObliqueMm(x: number, y: number, z: number): number {
  const height = x > 0 ? 4 : -4
  return (z - height - (y - 14) * 0.95) * 0.725 + 5 * Math.sin(x * 0.04 + z * 0.02)
}

/** Signed height above the right horizontal fissure, mm. */
export function toHorizontalMm(x: number, y: number, z: number): number {
  return z - 8 + (y + 30) * 0.12 - 4 * Math.sin(x * 0.045)
}

export function toLobe(x: number, y: number, z: number): Lobe {
  const upper = toObliqueMm(x, y, z) > 0
  if (x > 0) {
    if (!upper) return 'LLL'
    return z < 0 && y < 0 ? 'LING' : 'LUL'
  }
  if (!upper) return 'RLL'
  return toHorizontalMm(x, y, z) > 0 ? 'RUL' : 'RML'
}
