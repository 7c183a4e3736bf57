import type { Entry } from '../../commands/command.ts'
import { assignKeys, keysOf, toConflicts } from '../../commands/keys/keymap.ts'
import { refuseKey } from '../../commands/keys/refuseKey.ts'
import type { KeysState } from '../../state/appState.ts'

/** Keys that an entry is to have, before they are taken. */
export interface Proposal {
  readonly entry: Entry
  /** All keys that it would have. */
  readonly kept: readonly string[]
  /** Names that would no longer run anything else. */
  readonly taken: readonly string[]
  /** Entries that would lose a key. */
  readonly losers: readonly Entry[]
  /** Why it can't be; null: it can. */
  readonly refusal: string | null
}

const propose = (keys: KeysState, entry: Entry, kept: readonly string[], taken: readonly string[]): Proposal => ({
  entry,
  kept,
  taken,
  losers: toConflicts(keys, entry.id, taken),
  refusal: null,
})

/** The key of a press in place of those the entry has, or beside them. */
export function proposePress(keys: KeysState, entry: Entry, names: readonly string[], isMore: boolean): Proposal {
  const others = isMore ? keysOf(entry, keys).filter((name) => !names.includes(name)) : []
  return { ...propose(keys, entry, [...others, names[0]], names), refusal: refuseKey(names[0]) }
}

export const proposeDefault = (keys: KeysState, entry: Entry): Proposal => propose(keys, entry, entry.keys, entry.keys)

export const proposeNone = (keys: KeysState, entry: Entry): Proposal => propose(keys, entry, [], [])

/** Nobody loses a key by it, and it can be: it needs no question. */
export const isFree = ({ losers, refusal }: Proposal): boolean => losers.length === 0 && refusal === null

export const toChanged = (keys: KeysState, { entry, kept, taken }: Proposal): KeysState['changed'] =>
  assignKeys(keys, entry, kept, taken)
