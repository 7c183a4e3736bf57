import type { FindingId } from './findings/ctRateFindings.ts'

export type Side = 'left' | 'right' | 'both'
/** Lobes of the lungs; `LING` is the lingula, a part of the left upper lobe that reports name on its own. */
export type Lobe = 'RUL' | 'RML' | 'RLL' | 'LUL' | 'LING' | 'LLL'
export const LOBE_NAMES: Readonly<Record<Lobe, string>> = {
  RUL: 'right upper lobe',
  RML: 'right middle lobe',
  RLL: 'right lower lobe',
  LUL: 'left upper lobe',
  LING: 'lingula',
  LLL: 'left lower lobe',
}
export type Severity = 'mild' | 'moderate' | 'severe'

/** What a report may say of one present finding. The lesion drawn and the sentences are both made from it. */
export interface FindingDetails {
  readonly finding: FindingId
  readonly severity: Severity
  readonly side?: Side
  readonly lobes?: readonly Lobe[]
  /** Largest diameter or thickness, mm. */
  readonly sizeMm?: number
  /** Variant that has its own words: for instance `pacemaker` or `axillary`. */
  readonly kind?: string
}
