import { type KeyboardEvent, useState } from 'react'
import { type FoundRow, type PaletteRow, searchRows } from './searchRows.ts'

const PAGE_ROWS = 8
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE_ROWS,
  PageUp: -PAGE_ROWS,
}

/** The index `step` enabled rows further: round the ends by one row, up to the ends by a page. −1: none is enabled. */
export function toStep(found: readonly FoundRow[], from: number, step: number): number {
  const enabled = found.flatMap(({ row }, index) => (row.isEnabled ? [index] : []))
  if (enabled.length === 0) return -1
  const target = enabled.indexOf(from) + step
  if (Math.abs(step) > 1) return enabled[Math.min(Math.max(target, 0), enabled.length - 1)]
  return enabled[(target + enabled.length) % enabled.length]
}

export interface PickerOptions {
  /** Rows to choose from; null: what is typed cannot be taken. */
  toRows(query: string): readonly PaletteRow[] | null
  onChoose(rowId: string): void
  /** Backspace in the empty field. */
  onBack?(): void
}

export interface Picker {
  readonly query: string
  readonly found: readonly FoundRow[]
  /** What is typed cannot be taken. */
  readonly isRefused: boolean
  /** The row that Enter takes: the best one, until another is pointed at; −1: none. */
  readonly activeIndex: number
  type(query: string): void
  point(index: number): void
  choose(index: number): void
  onKeyDown(event: KeyboardEvent): void
}

/** A field with rows: what is typed, what fits, and which row is active. */
export function usePicker({ toRows, onChoose, onBack }: PickerOptions): Picker {
  const [query, setQuery] = useState('')
  const [pointed, setPointed] = useState<number | null>(null)
  const rows = toRows(query)
  const found = searchRows(rows ?? [], query)
  const activeIndex = pointed ?? found.findIndex(({ row }) => row.isEnabled)

  const choose = (index: number) => {
    const row = found[index]?.row
    if (row?.isEnabled) onChoose(row.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key in STEPS) setPointed(toStep(found, activeIndex, STEPS[event.key]))
    else if (event.key === 'Enter') choose(activeIndex)
    else if (event.key === 'Backspace' && query === '' && onBack) onBack()
    else return
    event.preventDefault()
  }
  const type = (next: string) => {
    setQuery(next)
    setPointed(null)
  }
  return { query, found, isRefused: rows === null, activeIndex, type, point: setPointed, choose, onKeyDown }
}
