import type { KeysState } from '../../state/appState.ts'
import type { Entry } from '../command.ts'
import { ENTRIES } from '../table.ts'
import { isSingleCharacter } from './press.ts'

/** The keys of an entry: those that a person gave it, else its own. */
export const keysOf = (entry: Entry, { changed }: KeysState): readonly string[] => changed[entry.id] ?? entry.keys

/** Keys of an entry that are not switched off with the single characters. */
const enabledKeysOf = (entry: Entry, keys: KeysState): readonly string[] =>
  keysOf(entry, keys).filter((name) => keys.singleCharacters || !isSingleCharacter(name))

/** Entry by key name, of the keys that work. */
export type Keymap = ReadonlyMap<string, Entry>

const KEYMAPS = new WeakMap<KeysState, Keymap>()

function makeKeymap(keys: KeysState): Keymap {
  const toPairs = (entry: Entry) => enabledKeysOf(entry, keys).map((name) => [name, entry] as const)
  const isChanged = ({ id }: Entry) => id in keys.changed
  const entries = ENTRIES.toReversed()
  return new Map([...entries.filter((entry) => !isChanged(entry)), ...entries.filter(isChanged)].flatMap(toPairs))
}

/**
 * What each key runs. Where two entries claim one (a file of keys, a default key of a later version), it runs the one
 * that a person gave it to, else the first of the table.
 */
export function toKeymap(keys: KeysState): Keymap {
  const keymap = KEYMAPS.get(keys) ?? makeKeymap(keys)
  KEYMAPS.set(keys, keymap)
  return keymap
}

/** Keys of an entry that run it: neither switched off nor claimed by another. */
export const workingKeysOf = (entry: Entry, keys: KeysState): readonly string[] =>
  keysOf(entry, keys).filter((name) => toKeymap(keys).get(name) === entry)

/** Entries, other than `entryId`, that one of these key names runs: those that a new key would be taken from. */
export const toConflicts = (keys: KeysState, entryId: string, names: readonly string[]): Entry[] =>
  ENTRIES.filter((entry) => entry.id !== entryId && keysOf(entry, keys).some((key) => names.includes(key)))

/** Leaves out what equals the defaults, so that a later version's defaults reach whoever changed nothing. */
function withKeys(changed: KeysState['changed'], entry: Entry, names: readonly string[]): KeysState['changed'] {
  const { [entry.id]: _, ...others } = changed
  const isDefault = names.length === entry.keys.length && names.every((name, n) => name === entry.keys[n])
  return isDefault ? others : { ...others, [entry.id]: names }
}

/**
 * Gives an entry these keys in place of those it had, and takes them from whichever entry had them. `names[0]` of a
 * press is the key that is kept; the others are names that the same press goes by.
 */
export function assignKeys(
  keys: KeysState,
  entry: Entry,
  kept: readonly string[],
  taken: readonly string[] = kept,
): KeysState['changed'] {
  const without = toConflicts(keys, entry.id, taken).reduce(
    (changed, other) =>
      withKeys(
        changed,
        other,
        keysOf(other, keys).filter((name) => !taken.includes(name)),
      ),
    keys.changed,
  )
  return withKeys(without, entry, kept)
}
