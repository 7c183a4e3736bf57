import { type DicomElements, type DicomFileOptions, writeDicomBytes } from './dicomBytes.ts'

/** What a test may say about one synthetic CT slice; the rest is a plain 4 × 3 axial slice. */
export interface SyntheticSlice extends DicomFileOptions {
  readonly seriesUid?: string
  readonly sopInstanceUid?: string
  readonly modality?: string
  readonly description?: string
  readonly imageType?: string
  readonly columns?: number
  readonly rows?: number
  readonly positionLpsMm?: readonly [number, number, number]
  readonly orientation?: readonly number[]
  readonly acquisitionNumber?: number
  readonly slope?: number
  readonly intercept?: number
  readonly signed?: boolean
  /** Stored values, rows × columns, before slope and intercept; default: `stored` n = n. */
  readonly stored?: readonly number[]
  /** Elements to add or, where null, to leave out. */
  readonly elements?: Readonly<Record<string, DicomElements[string] | null>>
}

/** Bytes of one CT slice. Spacing is 0.8 mm along columns (rows' distance) and 0.7 mm along rows. */
export function writeSyntheticSlice(slice: SyntheticSlice = {}): Uint8Array<ArrayBuffer> {
  const { columns = 4, rows = 3, encoding = 'explicit' } = slice
  const stored = slice.stored ?? Array.from({ length: columns * rows }, (_, n) => n)
  const position = slice.positionLpsMm ?? [-10, -20, 30]
  const base: Record<string, DicomElements[string] | null> = {
    '00080008': ['CS', slice.imageType ?? 'ORIGINAL\\PRIMARY\\AXIAL'],
    '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.2'],
    '00080018': ['UI', slice.sopInstanceUid ?? `1.2.3.${position.map((mm) => Math.round(mm * 100) + 1e6).join('.')}`],
    '00080060': ['CS', slice.modality ?? 'CT'],
    '0008103e': ['LO', slice.description ?? 'Chest 1.0'],
    '00180050': ['DS', '1.0'],
    '0020000e': ['UI', slice.seriesUid ?? '1.2.3.4'],
    '00200012': slice.acquisitionNumber === undefined ? null : ['IS', String(slice.acquisitionNumber)],
    '00200013': ['IS', '1'],
    '00200032': ['DS', position.join('\\')],
    '00200037': ['DS', (slice.orientation ?? [1, 0, 0, 0, 1, 0]).join('\\')],
    '00200052': ['UI', '1.2.3.5'],
    '00280002': ['US', [1]],
    '00280004': ['CS', 'MONOCHROME2'],
    '00280010': ['US', [rows]],
    '00280011': ['US', [columns]],
    '00280030': ['DS', '0.8\\0.7'],
    '00280100': ['US', [16]],
    '00280101': ['US', [16]],
    '00280102': ['US', [15]],
    '00280103': ['US', [slice.signed ? 1 : 0]],
    '00281052': ['DS', String(slice.intercept ?? -1024)],
    '00281053': ['DS', String(slice.slope ?? 1)],
    '7fe00010': ['OW', toWords(stored, encoding === 'big-endian')],
    ...slice.elements,
  }
  const kept = Object.entries(base).filter((entry): entry is [string, DicomElements[string]] => entry[1] !== null)
  return writeDicomBytes(Object.fromEntries(kept), slice)
}

/** 16-bit words; negative numbers as two's complement. */
function toWords(values: readonly number[], bigEndian = false): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2))
  values.forEach((value, n) => {
    view.setUint16(n * 2, value & 0xffff, !bigEndian)
  })
  return new Uint8Array(view.buffer)
}

/** A file as a drop gives it; `path` may hold folders. */
export function toFile(path: string, bytes: Uint8Array<ArrayBuffer>): File {
  const file = new File([bytes], path.split('/').at(-1) ?? path)
  Object.defineProperty(file, 'webkitRelativePath', { value: path.includes('/') ? path : '' })
  return file
}

/** Slices from foot to head, `spacingMm` apart, file names in reverse order. Slice n is filled with stored value 24 + 100·n. */
export function writeSyntheticSeries(count: number, part: SyntheticSlice = {}, spacingMm = 2): File[] {
  return Array.from({ length: count }, (_, n) => {
    const { columns = 4, rows = 3 } = part
    const bytes = writeSyntheticSlice({
      stored: new Array<number>(columns * rows).fill(24 + 100 * n),
      positionLpsMm: [-10, -20, 30 + n * spacingMm],
      sopInstanceUid: `${part.seriesUid ?? '1.2.3.4'}.${n + 1}`,
      ...part,
    })
    return toFile(`series/${String(999 - n)}.dcm`, bytes)
  })
}
