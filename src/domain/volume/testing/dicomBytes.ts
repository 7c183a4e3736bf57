import { deflateSync } from 'fflate'

/** Compressed pixel data: the table of frame offsets (empty or not), then the fragments. */
export interface Encapsulated {
  readonly items: readonly Uint8Array[]
}

/** Value of an element: text, numbers of the VR's own width, raw bytes, the items of a sequence, or fragments. */
export type ElementValue = string | readonly number[] | Uint8Array | readonly DicomElements[] | Encapsulated

/** Elements by tag, "ggggeeee" in hex, each with its VR. */
export type DicomElements = Readonly<Record<string, readonly [vr: string, value: ElementValue]>>

export type Encoding = 'explicit' | 'implicit' | 'big-endian' | 'deflated'

const SYNTAX_OF_ENCODING: Readonly<Record<Encoding, string>> = {
  explicit: '1.2.840.10008.1.2.1',
  implicit: '1.2.840.10008.1.2',
  'big-endian': '1.2.840.10008.1.2.2',
  deflated: '1.2.840.10008.1.2.1.99',
}

const LONG_LENGTH_VRS = new Set(['OB', 'OW', 'OF', 'OV', 'SQ', 'SV', 'UN', 'UT', 'UV'])
const FORMATS: Readonly<Record<string, [number, 'setUint16' | 'setInt16' | 'setUint32' | 'setFloat64']>> = {
  US: [2, 'setUint16'],
  SS: [2, 'setInt16'],
  UL: [4, 'setUint32'],
  FD: [8, 'setFloat64'],
}

export interface DicomFileOptions {
  readonly encoding?: Encoding
  /** Overrides the syntax named in the header, for encapsulated pixel data; empty: none is named. */
  readonly transferSyntaxUid?: string
  /** `false`: elements only, as old exports have them, without preamble and file meta group; `preamble`: that alone. */
  readonly withMeta?: boolean | 'preamble'
}

/** Bytes of a DICOM file made of the given elements; for tests only, as small as the readers allow. */
export function writeDicomBytes(elements: DicomElements, options: DicomFileOptions = {}): Uint8Array<ArrayBuffer> {
  const encoding = options.encoding ?? 'explicit'
  const body = writeElements(elements, encoding)
  if (options.withMeta === false) return body
  const prefix = new Uint8Array(132)
  prefix.set([0x44, 0x49, 0x43, 0x4d], 128)
  if (options.withMeta === 'preamble') return concatBytes([prefix, body])
  const syntax = options.transferSyntaxUid ?? SYNTAX_OF_ENCODING[encoding]
  const meta = writeElements(
    syntax === '' ? { '00020012': ['UI', '1.2.3'] } : { '00020010': ['UI', syntax] },
    'explicit',
  )
  const groupLength = writeElements({ '00020000': ['UL', [meta.length]] }, 'explicit')
  return concatBytes([prefix, groupLength, meta, encoding === 'deflated' ? deflateSync(body) : body])
}

function writeElements(elements: DicomElements, encoding: Encoding): Uint8Array<ArrayBuffer> {
  const tags = Object.keys(elements).sort()
  return concatBytes(tags.map((tag) => writeElement(tag, elements[tag][0], elements[tag][1], encoding)))
}

function writeElement(tag: string, vr: string, value: ElementValue, encoding: Encoding): Uint8Array {
  const littleEndian = encoding !== 'big-endian'
  const content = toContent(vr, value, encoding)
  const length = isEncapsulated(value) ? 0xffffffff : content.length
  const long = LONG_LENGTH_VRS.has(vr)
  const head = new DataView(new ArrayBuffer(encoding !== 'implicit' && long ? 12 : 8))
  head.setUint16(0, Number.parseInt(tag.slice(0, 4), 16), littleEndian)
  head.setUint16(2, Number.parseInt(tag.slice(4), 16), littleEndian)
  if (encoding === 'implicit') head.setUint32(4, length, littleEndian)
  else {
    head.setUint8(4, vr.charCodeAt(0))
    head.setUint8(5, vr.charCodeAt(1))
    if (long) head.setUint32(8, length, littleEndian)
    else head.setUint16(6, length, littleEndian)
  }
  return concatBytes([new Uint8Array(head.buffer), content])
}

const isEncapsulated = (value: ElementValue): value is Encapsulated => typeof value === 'object' && 'items' in value

function toContent(vr: string, value: ElementValue, encoding: Encoding): Uint8Array {
  if (isEncapsulated(value)) return writeFragments(value)
  if (value instanceof Uint8Array) return toEven(value, 0)
  if (typeof value === 'string') return toEven(new TextEncoder().encode(value), vr === 'UI' ? 0 : 0x20)
  if (vr === 'SQ') return concatBytes((value as readonly DicomElements[]).map((item) => writeItem(item, encoding)))
  const [width, setter] = FORMATS[vr]
  const view = new DataView(new ArrayBuffer(value.length * width))
  ;(value as readonly number[]).forEach((number, n) => {
    view[setter](n * width, number, encoding !== 'big-endian')
  })
  return new Uint8Array(view.buffer)
}

function writeFragments({ items }: Encapsulated): Uint8Array {
  const parts = items.flatMap((item) => {
    const bytes = toEven(item, 0)
    return [toItemHead(0xe000, bytes.length), bytes]
  })
  return concatBytes([...parts, toItemHead(0xe0dd, 0)])
}

function toItemHead(element: number, length: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(8))
  head.setUint16(0, 0xfffe, true)
  head.setUint16(2, element, true)
  head.setUint32(4, length, true)
  return new Uint8Array(head.buffer)
}

function writeItem(item: DicomElements, encoding: Encoding): Uint8Array {
  const content = writeElements(item, encoding)
  const head = new DataView(new ArrayBuffer(8))
  head.setUint16(0, 0xfffe, encoding !== 'big-endian')
  head.setUint16(2, 0xe000, encoding !== 'big-endian')
  head.setUint32(4, content.length, encoding !== 'big-endian')
  return concatBytes([new Uint8Array(head.buffer), content])
}

function toEven(bytes: Uint8Array, padding: number): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : concatBytes([bytes, Uint8Array.of(padding)])
}

function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((start, part) => {
    whole.set(part, start)
    return start + part.length
  }, 0)
  return whole
}
