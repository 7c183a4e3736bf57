import type { Problem } from '../../base/result.ts'
import { AIR_HU } from './dicom/storedToHu.ts'
import { checkHuScale, summariseHu } from './huScale.ts'
import type { LoadedVolume } from './scannedSeries.ts'
import type { SeriesSummary } from './series.ts'
import type { VolumeGeometry } from './volume.ts'

/** The last step of every format: checks that the values are HU and clears the scanner's fill values. */
export function finishVolume(
  geometry: VolumeGeometry,
  hu: Int16Array,
  summary: SeriesSummary,
  notices: readonly Problem[],
): LoadedVolume {
  const hus = summariseHu(hu)
  const suspect = checkHuScale(hus, summary.title)
  // Only where the scale is sound: else low numbers are the sign of what went wrong.
  if (!suspect && hus.minHu < AIR_HU) raiseFillToAir(hu)
  const volume = { ...geometry, id: summary.id, hu }
  return { volume, notices: suspect ? [...notices, suspect] : notices }
}

/**
 * Outside the reconstruction scanners write numbers below air (−2000, −2048, −3024) without always declaring them as
 * padding. Nothing was measured there, and beyond ±2048 a half-float texture would no longer be exact.
 */
function raiseFillToAir(hu: Int16Array): void {
  for (let n = 0; n < hu.length; n++) if (hu[n] < AIR_HU) hu[n] = AIR_HU
}
