import { DataSet, type Element } from 'dicom-parser'
import {
  type ElementHead,
  expectHeader,
  HEAD_BYTES,
  hasVrAt,
  parserOf,
  readHead,
  tagAt,
  UNDEFINED_LENGTH,
  type Writing,
} from './elementStream.ts'
import { readFragments } from './readFragments.ts'

const ITEM = 'xfffee000'
const ITEM_END = 'xfffee00d'
const SEQUENCE_END = 'xfffee0dd'
const PIXEL_DATA = 'x7fe00010'
/** Sequences within sequences; real ones go to about eight, a made one ends the stack. */
const DEEPEST = 64

interface Scope {
  readonly bytes: Uint8Array
  readonly writing: Writing
  /** First byte that belongs to what is read no more. */
  readonly end: number
  readonly depth: number
}

/**
 * Elements of a data set from `start` on, up to and without the value of `untilTag`. Every length is held against the
 * bytes there are; throws DamagedHeader where one reaches beyond them.
 *
 * dicom-parser's own reader is not used: it takes the transfer syntax's word for how elements are written, does not know
 * OV, SV and UV, and follows lengths and depths without bounds. The elements are the same, so the rest of it reads them.
 */
export function readElements(bytes: Uint8Array, start: number, writing: Writing, untilTag?: string): DataSet {
  const elements: Record<string, Element> = {}
  const scope = { bytes, writing, end: bytes.length, depth: 0 }
  let at = start
  while (at + HEAD_BYTES <= bytes.length) {
    const element = readElement(at, scope, untilTag)
    elements[element.tag] = element
    if (element.tag === untilTag) return toDataSet(scope, elements)
    at = endOf(element)
  }
  const isPadding = bytes.subarray(at).every((byte) => byte === 0)
  expectHeader(isPadding, 'an element is cut off')
  return toDataSet(scope, elements)
}

/** Elements of the file meta group (0002), which is always explicit little endian; `next` is where the data set begins. */
export function readMeta(bytes: Uint8Array, start: number): { meta: DataSet; next: number } {
  const scope = { bytes, writing: { explicit: true, littleEndian: true }, end: bytes.length, depth: 0 }
  const elements: Record<string, Element> = {}
  let next = start
  while (next + HEAD_BYTES <= bytes.length && tagAt(bytes, next, scope.writing).startsWith('x0002')) {
    const element = readElement(next, scope)
    // The data set that these join may be big endian.
    elements[element.tag] = { ...element, parser: parserOf(scope.writing) }
    next = endOf(element)
  }
  return { meta: toDataSet(scope, elements), next }
}

const toDataSet = ({ bytes, writing }: Scope, elements: Record<string, Element>) =>
  new DataSet(parserOf(writing), bytes, elements)

/** Where the value, and the delimiter behind it, ends. */
const endOf = (element: Element): number =>
  element.dataOffset + element.length + (element.hadUndefinedLength && !element.encapsulatedPixelData ? HEAD_BYTES : 0)

function readElement(at: number, scope: Scope, untilTag?: string): Element {
  const head = readHead(scope.bytes, at, scope.end, scope.writing)
  const hadUndefinedLength = head.length === UNDEFINED_LENGTH
  const element: Element = { ...head, ...(hadUndefinedLength ? { hadUndefinedLength } : {}) }
  if (head.tag === untilTag) return element
  if (head.tag === PIXEL_DATA && hadUndefinedLength) return { ...element, ...readFragments(scope, head) }
  if (!hadUndefinedLength) {
    expectHeader(head.dataOffset + head.length <= scope.end, `element ${head.tag} is longer than the file`)
  }
  if (hadUndefinedLength || isSequence(head, scope)) Object.assign(element, readItems(head, scope))
  return element
}

function isSequence(head: ElementHead, { bytes, writing }: Scope): boolean {
  if (head.vr !== undefined) return head.vr === 'SQ'
  // Without a VR only its first item shows a sequence; a private element may hold anything.
  const isPrivate = Number.parseInt(head.tag[4], 16) % 2 === 1
  return !isPrivate && head.length >= HEAD_BYTES && tagAt(bytes, head.dataOffset, writing) === ITEM
}

/** Items of a sequence and its length in bytes, without the delimiter. A value of UN is written implicit (PS3.5 6.2.2). */
function readItems(head: ElementHead, scope: Scope): { items: Element[]; length: number } {
  expectHeader(scope.depth < DEEPEST, 'sequences lie too deep in one another')
  const isOpen = head.length === UNDEFINED_LENGTH
  const end = isOpen ? scope.end : head.dataOffset + head.length
  const writing = head.vr === 'UN' ? { ...scope.writing, explicit: false } : scope.writing
  const inner = { ...scope, writing, end, depth: scope.depth + 1 }
  const items: Element[] = []
  let at = head.dataOffset
  while (at + HEAD_BYTES <= end) {
    const item = readHead(scope.bytes, at, end, { ...writing, explicit: false })
    if (item.tag === SEQUENCE_END && isOpen) return { items, length: at - head.dataOffset }
    expectHeader(item.tag === ITEM, `sequence ${head.tag} holds no item where one should begin`)
    const read = readItem(item, inner)
    items.push(read)
    at = endOf(read)
  }
  expectHeader(!isOpen, `sequence ${head.tag} does not end`)
  return { items, length: head.length }
}

function readItem(head: ElementHead, scope: Scope): Element {
  const isOpen = head.length === UNDEFINED_LENGTH
  const end = isOpen ? scope.end : head.dataOffset + head.length
  expectHeader(end <= scope.end, 'an item is longer than its sequence')
  const inner = { ...scope, end, writing: findItemWriting(head.dataOffset, end, scope) }
  const elements: Record<string, Element> = {}
  let at = head.dataOffset
  while (at + HEAD_BYTES <= end) {
    if (isOpen && tagAt(scope.bytes, at, inner.writing) === ITEM_END) break
    const element = readElement(at, inner)
    elements[element.tag] = element
    at = endOf(element)
  }
  const length = isOpen ? at - head.dataOffset : head.length
  return { ...head, length, dataSet: toDataSet(inner, elements), ...(isOpen ? { hadUndefinedLength: true } : {}) }
}

/** Items may be written otherwise than the data set around them. */
function findItemWriting(at: number, end: number, { bytes, writing }: Scope): Writing {
  if (at + HEAD_BYTES > end || tagAt(bytes, at, writing).startsWith('xfffe')) return writing
  const hasVr = hasVrAt(bytes, at)
  if (writing.explicit) return { ...writing, explicit: hasVr }
  const { dataOffset, length } = readHead(bytes, at, end, writing)
  return { ...writing, explicit: hasVr && length !== UNDEFINED_LENGTH && dataOffset + length > end }
}
