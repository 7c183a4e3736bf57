import type { Rgb, Segment } from '../segmentation.ts'

/** An extension's length and kind, before its text. */
const HEAD_BYTES = 8
const LABEL = /<Label\b([^>]*)>\s*(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*))\s*<\/Label>/g

/**
 * Names and colours of labels in the extensions of a NIfTI: Connectome Workbench's label table (`<Label Key Red Green Blue>`), which
 * TotalSegmentator writes too. `head`: the bytes before the first voxel.
 */
export function readLabelTable(head: Uint8Array, littleEndian: boolean): ReadonlyMap<number, Omit<Segment, 'number'>> {
  const table = new Map<number, Omit<Segment, 'number'>>()
  for (const text of readExtensions(head, littleEndian))
    for (const [, attributes, quoted, plain] of text.matchAll(LABEL)) {
      const key = toNumber(attributes, 'Key')
      const label = (quoted ?? plain ?? '').trim()
      if (key !== null && label) table.set(key, { label, color: toColor(attributes) })
    }
  return table
}

/** Behind a header of 348 or 540 bytes: a flag of four bytes, then extensions one behind another. */
function readExtensions(head: Uint8Array, littleEndian: boolean): string[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const texts: string[] = []
  const headerBytes = view.getInt32(0, littleEndian)
  for (let at = headerBytes + 4; head[headerBytes] > 0 && at + HEAD_BYTES <= head.length; ) {
    const length = view.getInt32(at, littleEndian)
    if (length < HEAD_BYTES || at + length > head.length) break
    texts.push(new TextDecoder().decode(head.subarray(at + HEAD_BYTES, at + length)))
    at += length
  }
  return texts
}

function toNumber(attributes: string, name: string): number | null {
  const [, text] = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes) ?? []
  const value = Number(text)
  return text === undefined || text === '' || !Number.isFinite(value) ? null : value
}

/** Red, green and blue from 0 to 1. */
function toColor(attributes: string): Rgb | null {
  const parts = ['Red', 'Green', 'Blue'].map((name) => toNumber(attributes, name))
  if (parts.some((part) => part === null || part < 0 || part > 1)) return null
  const [red, green, blue] = parts.map((part) => Math.round(255 * (part ?? 0)))
  return [red, green, blue]
}
