import { type Entry, type Slot, toTitleNow } from '../../commands/command.ts'
import { workingKeysOf } from '../../commands/keys/keymap.ts'
import { toExamples } from '../../commands/spoken.ts'
import { ENTRIES } from '../../commands/table.ts'
import type { AppState } from '../../state/appState.ts'
import type { PaletteRow } from './searchRows.ts'

/** What lasts as long as its key is held has no place in a list; nor has the list itself. */
const isListed = ({ id, command }: Entry): boolean => !command.release && id !== 'palette.open'

/** More of them would have letters in common with anything. */
const MOST_EXAMPLES = 2

const toWords = ({ command }: Entry): string =>
  toExamples(command).slice(0, MOST_EXAMPLES).join(', ').replaceAll(/[{}]/g, '')

/** Every command, and every command with a key of its own for one of its values. */
export const toCommandRows = (state: AppState): PaletteRow[] =>
  ENTRIES.filter(isListed).map((entry) => ({
    id: entry.id,
    title: entry.open.length > 0 ? `${entry.title}…` : toTitleNow(entry, state),
    group: entry.command.group,
    words: [toWords(entry), entry.command.titleNow ? entry.title : ''].filter(Boolean).join(', '),
    keys: workingKeysOf(entry, state.keys),
    isEnabled: entry.command.when(state),
  }))

const toNumber = (query: string): number | null => (/^-?\d+$/.test(query.trim()) ? Number(query) : null)

/** Values of a slot; a number that is typed comes first where the slot takes it. Null: it is out of the slot's range. */
export function toSlotRows(slot: Slot, state: AppState, query: string): PaletteRow[] | null {
  const toRow = (value: string | number, title: string, words: readonly string[] = []): PaletteRow => ({
    id: String(value),
    title,
    group: '',
    words: words.join(', '),
    keys: [],
    isEnabled: true,
  })
  const rows = slot.options(state).map(({ value, title, words }) => toRow(value, title, words))
  const typed = slot.range ? toNumber(query) : null
  if (typed === null || !slot.range) return rows
  if (typed < slot.range.min || typed > slot.range.max) return null
  return [toRow(typed, String(typed))]
}
