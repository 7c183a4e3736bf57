import type { Problem } from '../../base/result.ts'
import { AIR_HU } from './dicom/storedToHu.ts'
import { listNames, withFiles } from './problems.ts'

/** Range of HU in which the air around the patient and the emptiest lung lie. */
const AIR_RANGE_HU = [-1100, -850] as const
/**
 * Fat and soft tissue. A scan whose intercept was applied twice has them at −1024, where they look like air, and but the
 * densest bone (824 to 1224 HU) here: three real scans have 24 to 60 % of their voxels here, and so shifted 0.04 to 0.4 %.
 */
const TISSUE_RANGE_HU = [-200, 200] as const
const SMALLEST_TISSUE_SHARE = 0.01
/** Every chest CT holds far more air than this; less means that the values are not HU. */
const SMALLEST_AIR_SHARE = 0.01

export interface HuSummary {
  readonly minHu: number
  readonly maxHu: number
  /** Share of voxels between −1100 and −850 HU, 0…1. */
  readonly airShare: number
  /** Share of voxels between −200 and 200 HU, 0…1. */
  readonly tissueShare: number
}

/**
 * Of the voxels in all parts: those of the layers that were measured. `blankVoxels` of them are the air that stands for what is no
 * number, and say nothing of the scale.
 */
export function summariseHu(parts: readonly Int16Array[], blankVoxels = 0): HuSummary {
  let minHu = parts[0]?.[0] ?? 0
  let maxHu = minHu
  let air = -blankVoxels
  let tissue = 0
  let count = -blankVoxels
  for (const hu of parts) {
    count += hu.length
    for (const value of hu) {
      if (value < minHu) minHu = value
      if (value > maxHu) maxHu = value
      if (value >= AIR_RANGE_HU[0] && value <= AIR_RANGE_HU[1]) air++
      if (value >= TISSUE_RANGE_HU[0] && value <= TISSUE_RANGE_HU[1]) tissue++
    }
  }
  const toShare = (voxels: number) => (count > 0 ? voxels / count : 0)
  return { minHu, maxHu, airShare: toShare(air), tissueShare: toShare(tissue) }
}

/** A notice where a volume has no air at −1000 HU or no tissue at 0: its slope and intercept were left out, applied twice, or it is no CT. */
export function checkHuScale(summary: HuSummary, paths: readonly string[]): Problem | null {
  const hasAir = summary.airShare >= SMALLEST_AIR_SHARE
  // What lies lower by an intercept reaches −1024 or was cut off there.
  const lacksTissue = summary.tissueShare < SMALLEST_TISSUE_SHARE && summary.minHu <= AIR_HU
  if (hasAir && !lacksTissue) return null
  const absent = hasAir ? 'no soft tissue near 0 HU' : 'no air near −1000 HU'
  const problem = {
    code: 'hu-scale-suspect',
    message: `${listNames(paths)}: ${absent} (values ${summary.minHu} to ${summary.maxHu}), so the numbers may not be Hounsfield units.`,
    nextStep:
      'Export the scan again with its rescale slope and intercept; take windows and scores with caution until then.',
  }
  return withFiles(problem, paths)
}
