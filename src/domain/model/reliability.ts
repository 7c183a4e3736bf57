import type { ReliabilityBin } from './manifest.ts'

/** Expected calibration error: |share − mean probability| over the bins, weighted by their cases (Guo et al. 2017). */
export function toCalibrationError(bins: readonly ReliabilityBin[]): number {
  const cases = bins.reduce((sum, { n }) => sum + n, 0)
  if (cases === 0) return 0
  return bins.reduce((sum, { meanProbability, share, n }) => sum + (n * Math.abs(share - meanProbability)) / cases, 0)
}
