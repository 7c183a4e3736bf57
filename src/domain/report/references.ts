import type { SourceSlice } from '../volume/sourceSlices.ts'
import type { Item } from './contentItem.ts'

const itemsOf = (item: Item, keyword: string): readonly Item[] => (item[keyword] as readonly Item[] | undefined) ?? []

/** The source slices that a content tree refers to anywhere, each once, in their own order. */
export function listReferences(root: Item, slices: readonly SourceSlice[]): SourceSlice[] {
  const named = new Set<unknown>()
  const walk = (item: Item) => {
    for (const { ReferencedSOPInstanceUID } of itemsOf(item, 'ReferencedSOPSequence'))
      named.add(ReferencedSOPInstanceUID)
    for (const child of itemsOf(item, 'ContentSequence')) walk(child)
  }
  walk(root)
  return slices.filter(({ sopInstanceUid }) => named.has(sopInstanceUid))
}
