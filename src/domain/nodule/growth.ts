import { REPEAT_SHARE } from './noduleReading.ts'

/** What a nodule was in another study of the patient. */
export interface FormerNodule {
  readonly volumeMm3: number
  /** From the other study to this one, more than 0. */
  readonly days: number
  /** Either scan has thick slices, or the nodule is small: `isLessSure`. */
  readonly isLessSure: boolean
}

export interface NoduleGrowth {
  /** Of the earlier volume: 0.5 is half as large again. */
  readonly change: number
  /** Days in which the volume doubles at this pace, negative: halves; null where it stayed. */
  readonly doublingDays: number | null
  readonly isWithinError: boolean
}

/** t · ln 2 / ln(V₂ / V₁), exponential growth (Schwartz, Cancer 1961;14:1272). */
export function toGrowth(volumeMm3: number, { volumeMm3: before, days }: FormerNodule): NoduleGrowth {
  const change = volumeMm3 / before - 1
  const rate = Math.log(volumeMm3 / before)
  return {
    change,
    doublingDays: rate === 0 ? null : (days * Math.LN2) / rate,
    isWithinError: Math.abs(change) < REPEAT_SHARE,
  }
}

/** The limit that the guideline of the British Thoracic Society and the NELSON trial sort doubling times by. */
const FAST_DAYS = 400

/** Two lines that say it; what follows from it is not theirs to say. */
export function toGrowthLines(volumeMm3: number, former: FormerNodule): string[] {
  const { change, doublingDays, isWithinError } = toGrowth(volumeMm3, former)
  const percent = Math.round(100 * change)
  const sign = percent > 0 ? '+' : percent < 0 ? '−' : '±'
  const first = `${formatMm3(former.volumeMm3)} ${former.days} days before, ${sign}${Math.abs(percent)} %`
  if (isWithinError) return [first, 'within measuring error (25 %, BTS 2015)']
  const unsure = former.isLessSure ? ['less sure: thick slices or under 6 mm'] : []
  if (doublingDays === null || doublingDays < 0) return [first, 'smaller: no doubling time', ...unsure]
  const days = Math.round(doublingDays)
  const side = days < FAST_DAYS ? 'under' : days > FAST_DAYS ? 'over' : 'at'
  return [first, `doubles in ${days} days, ${side} 400 (limit of BTS 2015)`, ...unsure]
}

export const formatMm3 = (mm3: number): string => `${mm3.toFixed(mm3 < 100 ? 1 : 0)} mm³`
