import type { DecodeFrame } from './dicom/decodeFrame.ts'
import type { FirstSlice } from './firstSlice.ts'
import { FORMATS, formatOf } from './formats.ts'
import type { ScannedSeries } from './scannedSeries.ts'
import { isClutter, readBytes, type SourceFile } from './sourceFile.ts'
import { SNIFF_BYTES } from './volumeFormat.ts'

/** Where slices are looked for, as shares of the files in the order of their paths: a chest's middle first. */
const PLACES = [0.5, 0.25, 0.75, 0] as const
/** Whatever is larger is no file of one slice. */
const LARGEST_FILE_BYTES = 64 * 2 ** 20

/** The first axial slice that opens by itself; null where a few files hold none, or only others know what they are (archives). */
export async function readFirstSlice(
  files: readonly SourceFile[],
  decodeFrame: DecodeFrame,
): Promise<FirstSlice | null> {
  const inOrder = files.filter(({ path }) => !isClutter(path)).sort((a, b) => (a.path < b.path ? -1 : 1))
  const places = new Set(PLACES.map((share) => Math.floor(share * inOrder.length)))
  for (const place of places) {
    const slice = place < inOrder.length ? await readAlone(inOrder[place], decodeFrame) : null
    if (slice) return slice
  }
  return null
}

async function readAlone(file: SourceFile, decodeFrame: DecodeFrame): Promise<FirstSlice | null> {
  if (file.blob.size > LARGEST_FILE_BYTES) return null
  try {
    const head = await readBytes(file.blob, 0, SNIFF_BYTES)
    const format = FORMATS.find((one) => one.sniff(head) === 'image')
    return (await format?.single?.read(file, decodeFrame)) ?? null
  } catch {
    // The reading of all files comes to it again and tells what is wrong.
    return null
  }
}

/** Id of the listed series that the slice is of, null where it is of none. */
export const findSeriesOf = (slice: FirstSlice, series: readonly ScannedSeries[]): string | null =>
  series.find((entry) => formatOf(entry).single?.isOf(entry, slice))?.summary.id ?? null
