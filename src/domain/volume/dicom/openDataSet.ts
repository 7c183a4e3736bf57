import { type DataSet, parseDicom } from 'dicom-parser'
import { inflateSync } from 'fflate'
import { readBytes } from '../sourceFile.ts'
import { TRANSFER_SYNTAX } from './sliceHeader.ts'
import { type BareSyntax, findBareSyntax } from './sniffDicom.ts'

const PIXEL_DATA_TAG = 'x7fe00010'
const PREAMBLE_BYTES = 132
/** Headers of CT slices are a few KB; some carry private blocks, so a second, larger head is tried before the whole file. */
const HEAD_BYTES = [16 * 1024, 1024 * 1024]

export interface OpenedDataSet {
  readonly dataSet: DataSet
  /** True where element offsets count in the file's own bytes. */
  readonly offsetsAreOfFile: boolean
}

/** Parses a header up to the pixel data, reading only as much of the file as that takes. Throws where it is no DICOM. */
export async function openHeader(file: Blob): Promise<OpenedDataSet> {
  for (const size of HEAD_BYTES) {
    if (file.size <= size) break
    const opened = tryParse(await readBytes(file, 0, size))
    if (opened?.dataSet.elements[PIXEL_DATA_TAG] && opened.offsetsAreOfFile) return opened
  }
  return parseBytes(await readBytes(file), PIXEL_DATA_TAG)
}

/** Parses the whole file with its pixel data. */
export const openWhole = async (file: Blob): Promise<OpenedDataSet> => parseBytes(await readBytes(file))

function tryParse(bytes: Uint8Array): OpenedDataSet | null {
  try {
    return parseBytes(bytes, PIXEL_DATA_TAG)
  } catch {
    return null
  }
}

function parseBytes(bytes: Uint8Array, untilTag?: string): OpenedDataSet {
  const bare = hasPreamble(bytes) ? null : findBareSyntax(bytes)
  const complete = bare === 'file-meta' ? prependPreamble(bytes) : bytes
  let inflated = false
  const inflater = (whole: Uint8Array, position: number) => {
    inflated = true
    return inflateBehind(whole, position)
  }
  const dataSet = parseDicom(complete, { untilTag, inflater, ...toAssumedSyntax(bare) })
  return { dataSet, offsetsAreOfFile: !inflated && bare !== 'file-meta' }
}

const hasPreamble = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(128, PREAMBLE_BYTES)) === 'DICM'

function toAssumedSyntax(bare: BareSyntax | null): { TransferSyntaxUID?: string } {
  if (bare === 'explicit') return { TransferSyntaxUID: TRANSFER_SYNTAX.explicitLittleEndian }
  return bare === 'implicit' ? { TransferSyntaxUID: TRANSFER_SYNTAX.implicitLittleEndian } : {}
}

function prependPreamble(bytes: Uint8Array): Uint8Array {
  const complete = new Uint8Array(bytes.length + PREAMBLE_BYTES)
  complete.set([0x44, 0x49, 0x43, 0x4d], 128)
  complete.set(bytes, PREAMBLE_BYTES)
  return complete
}

function inflateBehind(bytes: Uint8Array, position: number): Uint8Array {
  const inflated = inflateSync(bytes.subarray(position))
  const whole = new Uint8Array(position + inflated.length)
  whole.set(bytes.subarray(0, position))
  whole.set(inflated, position)
  return whole
}

/** Transfer syntax of a parsed file; implicit little endian is what the standard assumes where none is named. */
export function readTransferSyntax(dataSet: DataSet): string {
  const named = dataSet.string('x00020010')
  const assumed = (dataSet.elements.x00020010 as { Value?: string } | undefined)?.Value
  return named ?? assumed ?? TRANSFER_SYNTAX.implicitLittleEndian
}
