import type { DataSet } from 'dicom-parser'

/** A table of HU in place of slope and intercept (PS3.3 C.11.1). */
export interface ModalityLut {
  /** Stored value of the first entry; what lies below has its HU, what lies behind the last entry has the last's. */
  readonly first: number
  readonly hu: Int16Array
}

const SEQUENCE = 'x00283000'
const DESCRIPTOR = 'x00283002'
const DATA = 'x00283006'

export const hasModalityLut = (dataSet: DataSet): boolean => (dataSet.elements[SEQUENCE]?.items?.length ?? 0) > 0

/**
 * The table of a header. Throws where it is cut. Entries are unsigned by the standard; a HU of 32,768 and more is none,
 * so such 16-bit entries are taken as the negative numbers that their writers meant.
 */
export function readModalityLut(dataSet: DataSet, signed: boolean): ModalityLut | null {
  const item = dataSet.elements[SEQUENCE]?.items?.[0]?.dataSet
  if (!item) return null
  const said = item.uint16(DESCRIPTOR, 0)
  const first = signed ? item.int16(DESCRIPTOR, 1) : item.uint16(DESCRIPTOR, 1)
  const bits = item.uint16(DESCRIPTOR, 2)
  const data = item.elements[DATA]
  if (said === undefined || first === undefined || bits === undefined || !data) throw new Error(DAMAGED)
  const count = said || 65536
  // Entries of 8 bits lie one a byte, or one a word.
  const width = bits <= 8 && data.length < 2 * count ? 1 : 2
  if (data.length < count * width) throw new Error(DAMAGED)
  const readEntry =
    width === 1 ? (n: number) => item.byteArray[data.dataOffset + n] : (n: number) => item.int16(DATA, n)
  return { first, hu: Int16Array.from({ length: count }, (_, n) => readEntry(n) as number) }
}

const DAMAGED = 'its modality LUT is damaged'

export const lookUpHu = ({ first, hu }: ModalityLut, stored: number): number =>
  hu[Math.max(0, Math.min(hu.length - 1, stored - first))]
