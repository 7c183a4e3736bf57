import { go } from 'fuzzysort'

/** A line of the palette: a command, or a value of a slot. */
export interface PaletteRow {
  readonly id: string
  readonly title: string
  /** Heading it stands under. */
  readonly group: string
  /** Other words for it, searched but not shown. */
  readonly words: string
  /** Names of its keys. */
  readonly keys: readonly string[]
  readonly isEnabled: boolean
}

/** Part of a title; `isHit`: letters of the query. */
export interface TitlePart {
  readonly text: string
  readonly isHit: boolean
}

export interface FoundRow {
  readonly row: PaletteRow
  readonly title: readonly TitlePart[]
}

/** From here on a row resembles the query by accident. */
const LEAST_SCORE = 0.4

function toParts(title: string, hits: ReadonlySet<number>): TitlePart[] {
  const parts: TitlePart[] = []
  for (const [index, letter] of [...title].entries()) {
    const isHit = hits.has(index)
    const last = parts.at(-1)
    if (last?.isHit === isHit) parts[parts.length - 1] = { text: last.text + letter, isHit }
    else parts.push({ text: letter, isHit })
  }
  return parts
}

/** Rows that the query fits, the best first and those that can't be run last; without a query all, in their order. */
export function searchRows(rows: readonly PaletteRow[], query: string): FoundRow[] {
  if (query.trim() === '') return rows.map((row) => ({ row, title: toParts(row.title, new Set()) }))
  const found = go(query.trim(), rows, { keys: ['title', 'words'], threshold: LEAST_SCORE, limit: 50 })
  return found
    .map((result) => ({ row: result.obj, title: toParts(result.obj.title, new Set(result[0]?.indexes ?? [])) }))
    .sort((a, b) => Number(b.row.isEnabled) - Number(a.row.isEnabled))
}
