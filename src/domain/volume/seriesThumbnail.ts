import { type Thumbnail, toThumbnail } from '../retrieval/own/thumbnail.ts'
import type { DecodeFrame } from './dicom/decodeFrame.ts'
import { formatOf } from './formats.ts'
import type { ScannedSeries } from './scannedSeries.ts'

/** Cosine of the stack's axis with the patient's, above which its slices are axial. */
const ALONG = 0.7
const AS_STORED = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const

/** A small picture of a series' middle slice, as an axial one is looked at, others as they are stored; null where none can be made cheaply. */
export async function readSeriesThumbnail(series: ScannedSeries, decodeFrame: DecodeFrame): Promise<Thumbnail | null> {
  const layer = await formatOf(series)
    .readMiddle(series, decodeFrame)
    .catch(() => null)
  if (!layer) return null
  const isAxial = Math.abs(layer.directionLps[2][2]) > ALONG
  const directionLps = isAxial ? layer.directionLps : AS_STORED
  return toThumbnail({ ...layer, directionLps, id: series.summary.id, originLpsMm: [0, 0, 0], missing: [] })
}
