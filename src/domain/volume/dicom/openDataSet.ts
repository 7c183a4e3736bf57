import type { DataSet } from 'dicom-parser'
import { toLikelyBytes } from '../archive/unpackBudget.ts'
import { InflatedTooLarge, inflateAtMost } from '../inflateAtMost.ts'
import { readBytes } from '../sourceFile.ts'
import { DamagedHeader } from './elementStream.ts'
import { findWriting, looksPlain, toSyntax } from './findWriting.ts'
import { readElements, readMeta } from './readElements.ts'
import { TRANSFER_SYNTAX } from './sliceHeader.ts'
import { findBareSyntax } from './sniffDicom.ts'

const PIXEL_DATA_TAG = 'x7fe00010'
const PREAMBLE_BYTES = 132
/** Headers of CT slices are a few KB; some carry private blocks, so a second, larger head is tried before the whole file. */
const HEAD_BYTES = [16 * 1024, 1024 * 1024]
/** A deflated file of more would not be one slice, nor a series in one file; deflate packs zeros a thousand times. */
const LARGEST_INFLATED_BYTES = 512 * 1024 ** 2

export interface OpenedDataSet {
  readonly dataSet: DataSet
  /** As the elements are really written, where the file names another syntax or none. */
  readonly transferSyntaxUid: string
  /** True where element offsets count in the file's own bytes. */
  readonly offsetsAreOfFile: boolean
}

/** Parses a header up to the pixel data, reading only as much of the file as that takes. Throws where it is no DICOM. */
export async function openHeader(file: Blob): Promise<OpenedDataSet> {
  for (const size of HEAD_BYTES) {
    if (file.size <= size) break
    const opened = tryParse(await readBytes(file, 0, size), toLimit(file))
    if (opened?.dataSet.elements[PIXEL_DATA_TAG] && opened.offsetsAreOfFile) return opened
  }
  return parseBytes(await readBytes(file), toLimit(file), PIXEL_DATA_TAG)
}

/** Parses the whole file with its pixel data. */
export const openWhole = async (file: Blob): Promise<OpenedDataSet> => parseBytes(await readBytes(file), toLimit(file))

/** Of the whole file, also where only its head is read: what is too large in its head is no smaller as a whole. */
const toLimit = (file: Blob): number => Math.min(LARGEST_INFLATED_BYTES, toLikelyBytes(file.size))

function tryParse(bytes: Uint8Array, limitBytes: number): OpenedDataSet | null {
  try {
    return parseBytes(bytes, limitBytes, PIXEL_DATA_TAG)
  } catch (thrown) {
    // It would only take as long again.
    if (thrown instanceof InflatedTooLarge) throw thrown
    return null
  }
}

function parseBytes(bytes: Uint8Array, limitBytes: number, untilTag?: string): OpenedDataSet {
  const { meta, next } = readMeta(bytes, findStart(bytes))
  const named = meta.string('x00020010')?.trim() || null
  const isDeflated = named === TRANSFER_SYNTAX.deflatedLittleEndian && !looksPlain(bytes, next)
  const inflated = isDeflated ? inflateBehind(bytes, next, limitBytes) : null
  const whole = inflated ?? bytes
  const writing = findWriting(whole, next, named)
  const dataSet = readElements(whole, next, writing, untilTag)
  Object.assign(dataSet.elements, meta.elements)
  return { dataSet, transferSyntaxUid: toSyntax(named, writing), offsetsAreOfFile: inflated === null }
}

/** Behind the preamble; old exports have none. */
function findStart(bytes: Uint8Array): number {
  if (String.fromCharCode(...bytes.subarray(128, PREAMBLE_BYTES)) === 'DICM') return PREAMBLE_BYTES
  if (findBareSyntax(bytes) === null) throw new Error('neither preamble nor a first element')
  return 0
}

/** A file that is cut off may still hold its whole header. */
function inflateBehind(bytes: Uint8Array, position: number, limitBytes: number): Uint8Array {
  const inflated = inflateAtMost(bytes.subarray(position), limitBytes, 'as-far-as-it-goes')
  if (inflated === null) throw new DamagedHeader('its deflated part is damaged')
  const whole = new Uint8Array(position + inflated.length)
  whole.set(bytes.subarray(0, position))
  whole.set(inflated, position)
  return whole
}
