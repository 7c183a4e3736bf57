import type { Random } from './random.ts'

/** A patient who moved while the scanner turned: contours of heart or diaphragm stand twice. */
export interface PatientMotion {
  readonly kind: 'cardiac' | 'respiratory'
  /** How far the second contour lies from the first along x, y and z, mm. */
  readonly shiftMm: readonly [number, number, number]
  /** Weight of the moved patient, 0–1. */
  readonly share: number
}

const MOTION_SHARE = 0.1

/** About one case in ten moved. */
export function chooseMotion(random: Random): PatientMotion | null {
  if (!random.chance(MOTION_SHARE)) return null
  const sign = () => (random.chance(0.5) ? 1 : -1)
  if (random.chance(0.5)) {
    const shiftMm = [sign() * random.range(2, 5), sign() * random.range(3, 6), sign() * random.range(0, 3)] as const
    return { kind: 'cardiac', shiftMm, share: random.range(0.35, 0.5) }
  }
  const shiftMm = [sign() * random.range(0, 2), sign() * random.range(1, 4), sign() * random.range(5, 11)] as const
  return { kind: 'respiratory', shiftMm, share: random.range(0.3, 0.5) }
}
