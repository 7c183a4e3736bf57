import type { Vec3, Volume } from '../volume.ts'

export interface SyntheticChest {
  /** Of 1: a trunk 320 mm wide. */
  readonly scale?: number
  /** By how much the patient is turned to the left about the long axis, degrees. */
  readonly turnedDeg?: number
  /** Lies the other way round, as an image does that was mirrored. */
  readonly mirrored?: boolean
  /** Organs that are not drawn. */
  readonly without?: readonly Organ[]
  /** What fills the left lung up to the height of its dome's top and beyond, HU. */
  readonly leftLungHu?: number
}

export type Organ = 'lungs' | 'liver' | 'heart' | 'aorta'

type Place = (x: number, y: number, z: number) => boolean

const ball =
  ([cx, cy, cz]: Vec3, [rx, ry, rz]: Vec3): Place =>
  (x, y, z) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 + ((z - cz) / rz) ** 2 <= 1

const UPRIGHT = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const
const LONG = 1e6
const isSkin = ball([0, 0, 0], [160, 110, LONG])
const isMuscle = ball([0, 0, 0], [146, 98, LONG])
const isCage = ball([0, 0, 0], [130, 84, LONG])
const isHeart = ball([22, -28, -25], [58, 45, 45])
const isAorta = ball([22, 34, -20], [13, 13, 90])
const isSpine = ball([0, 62, 0], [20, 20, LONG])
const isStomach = ball([60, -10, -105], [34, 40, 36])

/** Top of the right dome lies 14 mm above the left one. */
const isAboveDome: Place = (x, y, z) => z > (x < 0 ? -48 : -62) - 50 * (((Math.abs(x) - 66) / 70) ** 2 + (y / 84) ** 2)
const isLung: Place = (x, y, z) =>
  isCage(x, y, z) && Math.abs(x) > (y > 28 ? 24 : 12) && z < 120 && isAboveDome(x, y, z)
const isLiver: Place = (x, y, z) => isCage(x, y, z) && x < 30 - z / 10 && !isAboveDome(x, y, z) && z > -170

/** HU of a chest with its sides, at a place of a patient who stands straight, LPS mm from the middle of the chest. */
function toHu({ without = [], leftLungHu = -850 }: SyntheticChest, [x, y, z]: Vec3): number {
  const has = (organ: Organ) => !without.includes(organ)
  if (!isSkin(x, y, z)) return -1000
  if (!isMuscle(x, y, z)) return -100
  if (isSpine(x, y, z)) return 400
  if (has('heart') && isHeart(x, y, z) && isAboveDome(x, y, z)) return 45
  if (has('aorta') && isAorta(x, y, z)) return 45
  if (isLung(x, y, z)) return has('lungs') ? (x > 0 ? leftLungHu : -850) : 40
  if (has('liver') && isLiver(x, y, z)) return 58
  if (isStomach(x, y, z)) return y < -20 ? -990 : 25
  return isCage(x, y, z) && z < -48 ? -90 : 40
}

const STEP_MM = 5

/** A chest of 76 × 60 × 64 voxels of 5 mm, in a grid whose axes are those of the patient unless told otherwise; for tests only. */
export function createSyntheticChest(
  chest: SyntheticChest = {},
  directionLps: Volume['directionLps'] = UPRIGHT,
): Volume {
  const { scale = 1, turnedDeg = 0, mirrored = false } = chest
  const size: Vec3 = [76, 60, 64]
  const [cos, sin] = [Math.cos((turnedDeg * Math.PI) / 180), Math.sin((turnedDeg * Math.PI) / 180)]
  const toPlace = (index: Vec3, lps: 0 | 1 | 2) =>
    index.reduce((mm, n, axis) => mm + (n - (size[axis] - 1) / 2) * STEP_MM * directionLps[axis][lps], 0)
  const hu = new Int16Array(size[0] * size[1] * size[2]).map((_, n) => {
    const index: Vec3 = [n % size[0], Math.floor(n / size[0]) % size[1], Math.floor(n / (size[0] * size[1]))]
    const x = mirrored ? -toPlace(index, 0) : toPlace(index, 0)
    const y = toPlace(index, 1)
    return toHu(chest, [(x * cos - y * sin) / scale, (x * sin + y * cos) / scale, toPlace(index, 2) / scale])
  })
  const originLpsMm: Vec3 = [toPlace([0, 0, 0], 0), toPlace([0, 0, 0], 1), toPlace([0, 0, 0], 2)]
  return { id: 'chest', size, spacingMm: [STEP_MM, STEP_MM, STEP_MM], originLpsMm, directionLps, hu, missing: [] }
}
