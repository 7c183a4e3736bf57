import type { Problem } from '../../base/result.ts'
import { listNames, withFiles } from './problems.ts'

/** Range of HU in which the air around the patient and the emptiest lung lie. */
const AIR_RANGE_HU = [-1100, -850] as const
/** Every chest CT holds far more air than this; less means that the values are not HU. */
const SMALLEST_AIR_SHARE = 0.01

export interface HuSummary {
  readonly minHu: number
  readonly maxHu: number
  /** Share of voxels between −1100 and −850 HU, 0…1. */
  readonly airShare: number
}

/** Of the voxels in all parts: those of the layers that were measured. */
export function summariseHu(parts: readonly Int16Array[]): HuSummary {
  let minHu = parts[0]?.[0] ?? 0
  let maxHu = minHu
  let air = 0
  let count = 0
  for (const hu of parts) {
    count += hu.length
    for (const value of hu) {
      if (value < minHu) minHu = value
      if (value > maxHu) maxHu = value
      if (value >= AIR_RANGE_HU[0] && value <= AIR_RANGE_HU[1]) air++
    }
  }
  return { minHu, maxHu, airShare: count > 0 ? air / count : 0 }
}

/** A notice where a volume has no air at −1000 HU: its slope and intercept were left out, applied twice, or it is no CT. */
export function checkHuScale(summary: HuSummary, paths: readonly string[]): Problem | null {
  if (summary.airShare >= SMALLEST_AIR_SHARE) return null
  const problem = {
    code: 'hu-scale-suspect',
    message: `${listNames(paths)}: no air near −1000 HU (values ${summary.minHu} to ${summary.maxHu}), so the numbers may not be Hounsfield units.`,
    nextStep:
      'Export the scan again with its rescale slope and intercept; take windows and scores with caution until then.',
  }
  return withFiles(problem, paths)
}
