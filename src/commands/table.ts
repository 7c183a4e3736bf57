import { type Command, type Entry, toEntries } from './command.ts'

/*
 * The one table of commands. Every file in features/ exports `commands`; it is found by its place, so that a new
 * command is one line in one file, and a new feature one file.
 */
const FEATURES = import.meta.glob<readonly Command[]>(['./features/*.ts', '!./features/*.test.ts'], {
  eager: true,
  import: 'commands',
})

/** Headings in the order of the help sheet; any other follows. */
const GROUPS = [
  'Speak',
  'Undo',
  'Scroll and view',
  'Layout',
  'Slab',
  'Measure',
  'Report',
  'Overlays',
  'Findings and cases',
  'Prior',
  'Window',
  'Open and panels',
  'Model',
  'Help and keys',
]

function toRank(group: string): number {
  const index = GROUPS.indexOf(group)
  return index < 0 ? GROUPS.length : index
}

export const COMMANDS: readonly Command[] = Object.values(FEATURES)
  .flat()
  .sort((a, b) => toRank(a.group) - toRank(b.group))

export const ENTRIES: readonly Entry[] = COMMANDS.flatMap(toEntries)

const BY_ID = new Map(ENTRIES.map((entry) => [entry.id, entry]))

/** An entry by its id ("views.reset", "window.preset:lung"); an unknown id is a fault of the program. */
export function findEntry(id: string): Entry {
  const entry = BY_ID.get(id)
  if (!entry) throw new Error(`No command is called "${id}".`)
  return entry
}

/** Headings and what stands under them, in the order of the table. */
export function groupEntries(entries: readonly Entry[]): { readonly group: string; readonly entries: Entry[] }[] {
  const groups = [...new Set(entries.map(({ command }) => command.group))]
  return groups.map((group) => ({ group, entries: entries.filter(({ command }) => command.group === group) }))
}
