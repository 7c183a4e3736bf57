import type { MeasureValue } from './readMeasure.ts'

/** A narrower one would show noise alone. */
const LEAST_WIDTH_HU = 20

/**
 * The display window of a measured region, HU: two standard deviations about its mean, which hold some 95 % of a region of one tissue,
 * and no further than what lies in it. Null where the measure has no HU of a region.
 */
export function toRegionWindow(
  values: readonly MeasureValue[],
): { readonly widthHu: number; readonly centerHu: number } | null {
  const hu = (name: MeasureValue['name']) => values.find((value) => value.name === name)?.value
  const [mean, sd, min, max] = [hu('mean'), hu('SD'), hu('min'), hu('max')]
  if (mean === undefined || sd === undefined || min === undefined || max === undefined) return null
  const [low, high] = [Math.max(min, mean - 2 * sd), Math.min(max, mean + 2 * sd)]
  return { widthHu: Math.max(LEAST_WIDTH_HU, Math.round(high - low)), centerHu: Math.round((low + high) / 2) }
}
