import type { Random } from '../random.ts'

/**
 * Numbers that make one body different from the next. The phantom is built in nominal millimetres (a man of average size,
 * LPS axes, origin mid-chest) and `scale` stretches it to the patient.
 */
export interface AnatomyParameters {
  readonly sex: 'female' | 'male'
  readonly ageYears: number
  /** Patient size / nominal size along x, y, z. */
  readonly scale: readonly [number, number, number]
  /** Subcutaneous fat, breast and mean chest wall muscle thickness, nominal mm. */
  readonly fatMm: number
  readonly breastMm: number
  readonly muscleMm: number
  /** Tops of the right and left diaphragm dome, nominal z. */
  readonly domeRightMm: number
  readonly domeLeftMm: number
  readonly apexMm: number
  /** Size of the heart relative to normal; above 1.18 it is enlarged. */
  readonly heartScale: number
  readonly aortaScale: number
  /** Shift of the aorta's arch and descending part with age, mm. */
  readonly unfoldingMm: number
  /** Enhancement of blood in HU above 45; 0 without contrast medium. */
  readonly arterialHu: number
  readonly venousHu: number
  readonly boneHu: number
  readonly lungHu: number
  readonly liverHu: number
  /** Backward bend of the spine, mm between its middle and its ends. */
  readonly kyphosisMm: number
  readonly gastricGasMm: number
  readonly tableGapMm: number
  /** Standard deviation of the scanner noise in the middle of the body, HU, at the scan grid. */
  readonly noiseHu: number
}

/** Changes of the anatomy that findings ask for. */
export interface AnatomyWishes {
  readonly heartScale?: number
  readonly domeShiftRightMm: number
  readonly domeShiftLeftMm: number
  /** 0–1: flat domes, deep retrosternal space, dark lungs. */
  readonly hyperinflation: number
  readonly elderly: boolean
}

export function createAnatomy(random: Random, wishes: AnatomyWishes): AnatomyParameters {
  const female = random.chance(0.48)
  const size = (female ? 0.94 : 1.02) * (1 + 0.035 * random.normal())
  const contrast = random.chance(0.45)
  const contrastHu = contrast ? random.range(90, 190) : random.range(-6, 4)
  const inflation = wishes.hyperinflation
  return {
    sex: female ? 'female' : 'male',
    ageYears: wishes.elderly ? 55 + random.below(33) : 24 + random.below(60),
    scale: [
      size * random.range(0.96, 1.06),
      size * random.range(0.95, 1.08) * (1 + 0.06 * inflation),
      size * random.range(0.96, 1.03),
    ],
    fatMm: random.range(6, female ? 30 : 24),
    breastMm: female ? random.range(14, 42) : random.range(0, 4),
    muscleMm: random.range(9, female ? 13 : 17),
    domeRightMm: random.range(-68, -50) + wishes.domeShiftRightMm - 14 * inflation,
    domeLeftMm: random.range(-78, -62) + wishes.domeShiftLeftMm - 14 * inflation,
    apexMm: random.range(120, 132),
    heartScale: wishes.heartScale ?? random.range(0.9, 1.04),
    aortaScale: random.range(0.9, 1.1) * (wishes.elderly ? 1.06 : 1),
    unfoldingMm: wishes.elderly ? random.range(0, 9) : random.range(0, 3),
    arterialHu: contrastHu,
    venousHu: contrast ? contrastHu * random.range(0.6, 1.1) : contrastHu,
    boneHu: random.range(wishes.elderly ? 90 : 130, 210),
    lungHu: random.range(-868, -820) - 40 * inflation,
    liverHu: contrast ? random.range(80, 115) : random.range(48, 64),
    kyphosisMm: random.range(6, wishes.elderly ? 20 : 13),
    gastricGasMm: random.range(14, 30),
    tableGapMm: random.range(1, 6),
    noiseHu: random.range(14, 32),
  }
}
