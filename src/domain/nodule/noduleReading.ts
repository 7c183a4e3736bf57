import type { AxialAxes } from './axialAxes.ts'
import type { NoduleBorder } from './noduleBorder.ts'

export const NODULE_KINDS = ['solid', 'part-solid', 'ground glass'] as const
export type NoduleKind = (typeof NODULE_KINDS)[number]

/** A nodule as a click has measured it. */
export interface NoduleReading {
  readonly kind: NoduleKind
  /** All of it. */
  readonly volumeMm3: number
  /** Of a part-solid one its solid core; else null. */
  readonly coreMm3: number | null
  /** Mean of what lies within its border. */
  readonly meanHu: number
  /** Distance of the slices, mm. */
  readonly sliceMm: number
  readonly axes: AxialAxes
  readonly border: NoduleBorder
}

/** Diameter of the ball of a volume, mm. */
export const toEquivalentMm = (volumeMm3: number): number => Math.cbrt((6 * volumeMm3) / Math.PI)

/**
 * How far two measurements of one nodule on two scans of one day may lie apart: up to 25 % of the volume (studies that the guideline of the
 * British Thoracic Society rests on, Thorax 2015;70 Suppl 2; ±27 % in 95 of 100 for 5 to 869 mm³: Marchianò et al., Radiology 2009;251:919).
 */
export const REPEAT_SHARE = 0.25
/** From these on repeated measurements differ by more (Nietert et al., Chest 2009;135:1580). */
const SURE_SLICE_MM = 1.5
const SURE_DIAMETER_MM = 6

/** Thick slices or a small nodule: the error is larger than `REPEAT_SHARE`. */
export const isLessSure = ({ volumeMm3, sliceMm }: Pick<NoduleReading, 'volumeMm3' | 'sliceMm'>): boolean =>
  sliceMm > SURE_SLICE_MM || toEquivalentMm(volumeMm3) < SURE_DIAMETER_MM
