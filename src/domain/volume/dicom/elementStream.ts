import { type ByteArrayParser, bigEndianByteArrayParser, littleEndianByteArrayParser } from 'dicom-parser'

/** How the elements of a data set are written. */
export interface Writing {
  readonly explicit: boolean
  readonly littleEndian: boolean
}

/** What stands before the value of an element. */
export interface ElementHead {
  /** "xggggeeee", as dicom-parser writes tags. */
  readonly tag: string
  /** Undefined where the VR is not written. */
  readonly vr: string | undefined
  /** Bytes; `UNDEFINED_LENGTH` where delimiters end the value. */
  readonly length: number
  readonly dataOffset: number
}

export const UNDEFINED_LENGTH = 0xffffffff
/** Least bytes of an element, an item or a delimiter. */
export const HEAD_BYTES = 8

const SHORT_VRS = 'AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US'
/** VRs whose length takes four bytes. dicom-parser knows neither OV, SV nor UV and reads on at the wrong place. */
const LONG_VRS = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV'
const LONG: ReadonlySet<string> = new Set(LONG_VRS.split(' '))
const KNOWN: ReadonlySet<string> = new Set([...SHORT_VRS.split(' '), ...LONG])

export class DamagedHeader extends Error {}

export function expectHeader(holds: boolean, what: string): asserts holds {
  if (!holds) throw new DamagedHeader(what)
}

export const parserOf = ({ littleEndian }: Writing): ByteArrayParser =>
  littleEndian ? littleEndianByteArrayParser : bigEndianByteArrayParser

const toHex = (number: number) => number.toString(16).padStart(4, '0')

export function tagAt(bytes: Uint8Array, at: number, writing: Writing): string {
  const parser = parserOf(writing)
  return `x${toHex(parser.readUint16(bytes, at))}${toHex(parser.readUint16(bytes, at + 2))}`
}

/** Group of the element at `at`, read as little endian. */
export const littleEndianGroup = (bytes: Uint8Array, at: number): number =>
  littleEndianByteArrayParser.readUint16(bytes, at)

export const hasVrAt = (bytes: Uint8Array, at: number): boolean =>
  KNOWN.has(String.fromCharCode(bytes[at + 4], bytes[at + 5]))

/** The head of the element at `at`; throws where it does not lie before `end`. */
export function readHead(bytes: Uint8Array, at: number, end: number, writing: Writing): ElementHead {
  expectHeader(at + HEAD_BYTES <= end, 'an element is cut off')
  const tag = tagAt(bytes, at, writing)
  // Items and delimiters never carry a VR.
  const isExplicit = writing.explicit && !tag.startsWith('xfffe')
  return isExplicit ? readExplicit(bytes, at, end, writing, tag) : readImplicit(bytes, at, writing, tag)
}

function readExplicit(bytes: Uint8Array, at: number, end: number, writing: Writing, tag: string): ElementHead {
  const parser = parserOf(writing)
  const vr = String.fromCharCode(bytes[at + 4], bytes[at + 5])
  if (LONG.has(vr)) {
    expectHeader(at + 12 <= end, 'an element is cut off')
    return { tag, vr, length: parser.readUint32(bytes, at + 8), dataOffset: at + 12 }
  }
  // Some writers slip elements without VR into an explicit data set.
  const implicit = readImplicit(bytes, at, writing, tag)
  if (!KNOWN.has(vr) && implicit.dataOffset + implicit.length <= end) return implicit
  return { tag, vr, length: parser.readUint16(bytes, at + 6), dataOffset: at + 8 }
}

function readImplicit(bytes: Uint8Array, at: number, writing: Writing, tag: string): ElementHead {
  return { tag, vr: undefined, length: parserOf(writing).readUint32(bytes, at + 4), dataOffset: at + 8 }
}
