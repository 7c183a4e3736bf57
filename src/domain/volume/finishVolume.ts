import type { Problem } from '../../base/result.ts'
import type { SaltedHasher } from '../../base/saltedHash.ts'
import { AIR_HU } from './dicom/storedToHu.ts'
import { checkHuScale, summariseHu } from './huScale.ts'
import { toMeasuredHu } from './measuredLayers.ts'
import type { LoadedVolume, ScannedSeries } from './scannedSeries.ts'
import { checkSides } from './sides/sides.ts'
import type { SourceSlices } from './sourceSlices.ts'
import type { Volume, VolumeGeometry } from './volume.ts'

export interface ReadVolume {
  /** Of the files it was read from. */
  readonly paths: readonly string[]
  readonly geometry: VolumeGeometry
  readonly hu: Int16Array
  /** As in `Volume`. */
  readonly missing: readonly number[]
  readonly sources: SourceSlices
  /** How many voxels are air for want of a number (NaN). */
  readonly blankVoxels?: number
  /** The header as bytes, where the study is known by its content alone. */
  readonly header?: Uint8Array
  readonly notices: readonly Problem[]
}

/** The last step of every format: checks that the values are HU and on their side, clears the scanner's fill values, and names the study. */
export function finishVolume(series: ScannedSeries, read: ReadVolume, hasher: SaltedHasher): LoadedVolume {
  const { geometry, hu, missing, sources } = read
  const hus = summariseHu(toMeasuredHu(hu, geometry.size, missing), read.blankVoxels)
  const suspect = checkHuScale(hus, read.paths)
  // Only where the scale is sound: else low numbers are the sign of what went wrong.
  if (!suspect && hus.minHu < AIR_HU) raiseFillToAir(hu)
  const told = suspect ?? checkSides({ ...geometry, hu, missing }, read.paths)
  const content = hashContent(read, hasher)
  const id = series.studyId ?? `study-${hasher.hash([content, read.header ? hasher.digest(read.header) : null])}`
  const volume: Volume = { ...geometry, id, hu, missing, sources }
  return {
    volume,
    key: { id, content, legacyId: series.legacyId },
    identity: series.summary.identity,
    notices: told ? [...read.notices, told] : read.notices,
  }
}

/**
 * Geometry to a thousandth, and every voxel: 150 MB take some 30 ms, and a sample could miss the nodule in which two
 * versions of a scan differ.
 */
function hashContent({ geometry, hu, missing }: ReadVolume, hasher: SaltedHasher): string {
  const { size, spacingMm, originLpsMm, directionLps } = geometry
  const numbers = [...size, ...spacingMm, ...originLpsMm, ...directionLps.flat()]
  const rounded = numbers.map((number) => Math.round(number * 1000) + 0)
  const gaps = missing.length > 0 ? [`missing ${missing.join()}`] : []
  return hasher.hash(['content', ...rounded, hasher.digest(hu), ...gaps])
}

/**
 * Outside the reconstruction scanners write numbers below air (−2000, −2048, −3024) without always declaring them as
 * padding. Nothing was measured there, and beyond ±2048 a half-float texture would no longer be exact.
 */
function raiseFillToAir(hu: Int16Array): void {
  for (let n = 0; n < hu.length; n++) if (hu[n] < AIR_HU) hu[n] = AIR_HU
}
