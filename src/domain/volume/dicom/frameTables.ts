import type { DataSet, Element, Fragment } from 'dicom-parser'

const EXTENDED_OFFSETS_TAG = 'x7fe00001'
const EXTENDED_LENGTHS_TAG = 'x7fe00002'
const ENTRY_BYTES = 8

/** What a file says of where its frames lie (PS3.5 A.4, PS3.3 C.7.6.3.1.8), apart from where its fragments do. */
export interface FrameTables {
  /** Tables with an entry for every frame; one of another length is of no use. */
  readonly offsets: readonly (readonly number[])[]
  /** Bytes of each frame, or null where nothing is said of it. */
  readonly lengths: readonly number[] | null
}

export function readFrameTables(dataSet: DataSet, pixelData: Element, frameCount: number): FrameTables {
  const isWhole = (table: readonly number[] | undefined) => table?.length === frameCount
  const tables = [pixelData.basicOffsetTable ?? [], readWideNumbers(dataSet, EXTENDED_OFFSETS_TAG)]
  const lengths = readWideNumbers(dataSet, EXTENDED_LENGTHS_TAG)
  return { offsets: tables.filter(isWhole), lengths: isWhole(lengths) ? lengths : null }
}

/** Numbers of 64 bits; beyond 2^53 no file reaches. Encapsulated files are little endian. */
function readWideNumbers({ elements, byteArray }: DataSet, tag: string): number[] {
  const element = elements[tag]
  if (!element) return []
  const view = new DataView(byteArray.buffer, byteArray.byteOffset + element.dataOffset, element.length)
  const count = Math.floor(element.length / ENTRY_BYTES)
  return Array.from({ length: count }, (_, n) => Number(view.getBigUint64(n * ENTRY_BYTES, true)))
}

/**
 * Whether frame `n`, which was found to begin at `starts[n]`, begins and ends where the table says: fragments that changed
 * places are as long as it says in neither place. Entries are counted from the first, since some writers count from
 * elsewhere; a table that names the right places in another order is passed over.
 */
export function isWhereTableSays(table: readonly number[], starts: readonly number[], n: number): boolean {
  const sorted = [...table].sort((a, b) => a - b)
  if (starts.every((start, at) => start === sorted[at])) return true
  const fits = (at: number) => at >= starts.length || table[at] - table[0] === starts[at]
  return fits(n) && fits(n + 1)
}

/** Whether the fragment is as long as the frame, to the byte that pads an odd one. */
export const isAsLong = ({ length }: Fragment, frameBytes: number): boolean =>
  length === frameBytes || length === frameBytes + (frameBytes % 2)
