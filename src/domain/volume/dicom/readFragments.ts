import type { Element, Fragment } from 'dicom-parser'
import { type ElementHead, expectHeader, HEAD_BYTES, parserOf, tagAt, type Writing } from './elementStream.ts'

const ITEM = 'xfffee000'
const SEQUENCE_END = 'xfffee0dd'

interface Source {
  readonly bytes: Uint8Array
  readonly writing: Writing
  readonly end: number
}

type Encapsulated = Pick<Element, 'encapsulatedPixelData' | 'basicOffsetTable' | 'fragments' | 'length'>

/** Encapsulated pixel data (PS3.5 A.4): offsets of frames from the first fragment on, and the fragments. */
export function readFragments({ bytes, writing, end }: Source, head: ElementHead): Encapsulated {
  const parser = parserOf(writing)
  const itemAt = (at: number) => {
    expectHeader(at + HEAD_BYTES <= end, 'the pixel data is cut off')
    const tag = tagAt(bytes, at, writing)
    const length = parser.readUint32(bytes, at + 4)
    expectHeader(at + HEAD_BYTES + length <= end, 'the pixel data is cut off')
    return { tag, length, position: at + HEAD_BYTES }
  }
  const table = itemAt(head.dataOffset)
  expectHeader(table.tag === ITEM, 'the pixel data does not begin with a table of frames')
  const basicOffsetTable = Array.from({ length: Math.floor(table.length / 4) }, (_, n) =>
    parser.readUint32(bytes, table.position + n * 4),
  )
  const first = table.position + table.length
  const fragments: Fragment[] = []
  let at = first
  // A file may end without the delimiter.
  while (at + HEAD_BYTES <= end) {
    const { tag, length, position } = itemAt(at)
    at = position + length
    if (tag === SEQUENCE_END) break
    expectHeader(tag === ITEM, 'the pixel data holds something else than frames')
    fragments.push({ offset: position - HEAD_BYTES - first, position, length })
  }
  return { encapsulatedPixelData: true, basicOffsetTable, fragments, length: at - head.dataOffset }
}
