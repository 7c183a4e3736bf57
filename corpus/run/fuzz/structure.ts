/*
 * Where the parts of a file lie: written for mutating what the generator writes (explicit little endian), not for
 * reading what others write.
 */

export interface Span {
  readonly start: number
  readonly end: number
}

export interface DicomElement {
  readonly tag: number
  /** Where its length stands, and in how many bytes. */
  readonly lengthAt: number
  readonly lengthBytes: 2 | 4
  readonly value: Span
}

export interface DicomStructure {
  readonly elements: readonly DicomElement[]
  readonly pixels: DicomElement
  /** Fragments of encapsulated pixel data, the table of offsets first; empty for plain pixels. */
  readonly fragments: readonly Span[]
}

const LONG_VRS = new Set(['OB', 'OW', 'OV', 'SQ', 'UN', 'UT', 'OL', 'UV', 'SV', 'UC', 'OD', 'OF', 'UR'])
const PIXEL_DATA = 0x7fe00010

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Parts of an explicit little endian file with a preamble; null for another file. */
export function readStructure(bytes: Uint8Array): DicomStructure | null {
  if (String.fromCharCode(...bytes.subarray(128, 132)) !== 'DICM') return null
  const view = viewOf(bytes)
  const elements: DicomElement[] = []
  let at = 132
  while (at + 8 <= bytes.length) {
    const vr = String.fromCharCode(bytes[at + 4], bytes[at + 5])
    if (!/^[A-Z]{2}$/.test(vr)) return null
    const isLong = LONG_VRS.has(vr)
    const lengthAt = isLong ? at + 8 : at + 6
    const length = isLong ? view.getUint32(lengthAt, true) : view.getUint16(lengthAt, true)
    const start = isLong ? at + 12 : at + 8
    const tag = view.getUint16(at, true) * 0x10000 + view.getUint16(at + 2, true)
    const isOpen = length === 0xffffffff
    const element: DicomElement = {
      tag,
      lengthAt,
      lengthBytes: isLong ? 4 : 2,
      value: { start, end: isOpen ? bytes.length : start + length },
    }
    elements.push(element)
    if (tag === PIXEL_DATA) return { elements, pixels: element, fragments: isOpen ? readFragments(view, start) : [] }
    if (isOpen) return null
    at = element.value.end
  }
  return null
}

function readFragments(view: DataView, start: number): Span[] {
  const fragments: Span[] = []
  let at = start
  while (at + 8 <= view.byteLength && view.getUint16(at + 2, true) === 0xe000) {
    const length = view.getUint32(at + 4, true)
    fragments.push({ start: at + 8, end: at + 8 + length })
    at += 8 + length
  }
  return fragments
}

/** Positions of the marker segments before the coded data of a JPEG, JPEG-LS or JPEG 2000 frame, and where those begin. */
export function readMarkers(bytes: Uint8Array, { start, end }: Span): { markers: number[]; dataAt: number } | null {
  if (bytes[start] !== 0xff) return null
  const view = viewOf(bytes)
  const markers = [start]
  let at = start + 2
  while (at + 4 < end && bytes[at] === 0xff) {
    markers.push(at)
    const code = bytes[at + 1]
    if (code === 0x93) return { markers, dataAt: at + 2 }
    const next = at + 2 + view.getUint16(at + 2, false)
    if (code === 0xda) return { markers, dataAt: next }
    at = next
  }
  return null
}

/** Bytes of the segment that says how large a frame is (SIZ, SOF…), without the marker and its length. */
export function sizeSegment(bytes: Uint8Array, markers: readonly number[]): Span | null {
  const at = markers.find((marker) => isSizeMarker(bytes[marker + 1]))
  if (at === undefined) return null
  return { start: at + 4, end: at + 2 + viewOf(bytes).getUint16(at + 2, false) }
}

const isSizeMarker = (code: number) => code === 0x51 || code === 0xf7 || (code >= 0xc0 && code <= 0xcf && code !== 0xc4)
