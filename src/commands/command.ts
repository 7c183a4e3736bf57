import type { SpokenUnit } from '../domain/voice/spokenNumbers.ts'
import type { AppState } from '../state/appState.ts'
import type { CommandContext } from './context.ts'

export type SlotValue = string | number
export type SlotValues = Readonly<Record<string, SlotValue>>

export interface SlotOption {
  readonly value: SlotValue
  readonly title: string
  /** Other ways to say or type it. */
  readonly words?: readonly string[]
}

/** What a command asks for beside its name: one of the options of the moment, or a whole number. */
export interface Slot {
  readonly title: string
  /** Values that may be chosen now; for a number those worth proposing. */
  options(state: AppState): readonly SlotOption[]
  /** The slot takes any whole number within these bounds, the bounds included. */
  readonly range?: { readonly min: number; readonly max: number }
  /** What its numbers are counted in, where they are said. */
  readonly unit?: SpokenUnit
  /** Its options stand in an order that a person sees: they can be said by number, "the second". */
  readonly isNumbered?: true
}

/** Ways to say a command where they fill a slot by themselves, or mean one of the two things that it does. */
export interface FilledPhrases {
  readonly say: readonly string[]
  readonly slots?: SlotValues
  /** Where it does not hold, the command would do the opposite of what is said. */
  readonly when?: (state: AppState) => boolean
  /** Numbers are meant the other way: "five slices up". */
  readonly isNegative?: true
}

/** Where a command leads back to, with the slots that it takes; null: nothing leads back. */
export type WayBack = { readonly id: string; readonly slots: SlotValues } | null

/** Keys that run a command with its slots filled; `title` says what comes of that, as the help sheet prints it. */
export interface FilledKeys {
  readonly slots: SlotValues
  readonly title: string
  readonly keys: readonly string[]
}

/** One thing that a person can do. Keyboard, tooltips, help sheet, palette and buttons read it, and nothing else. */
export interface Command {
  /** "feature.verb"; key settings are kept under it, so it outlives a change of title. */
  readonly id: string
  /** As help sheet, palette and tooltips print it. */
  readonly title: string
  /** What it would do at the moment, for palette and tooltips; the help sheet prints `title`. */
  readonly titleNow?: (state: AppState) => string
  /** Heading in help sheet and palette; a new one takes its place after those of `GROUPS` in table.ts. */
  readonly group: string
  /**
   * Default keys in the notation of `keys/press.ts`: "m", "Shift+o", "Alt+1", "Mod+k" (Ctrl, on a Mac Cmd), "ArrowDown".
   * Each does the same; a command with slots names the values that a key fills in.
   */
  readonly keys: readonly string[] | readonly FilledKeys[]
  /** Whether it would do anything now. A pure function of the state: buttons and palette are dimmed by it. */
  when(state: AppState): boolean
  /** `slots` has every slot of the command. */
  run(context: CommandContext, slots: SlotValues): void
  readonly slots?: Readonly<Record<string, Slot>>
  /** Runs when the key is let go: the command lasts as long as its key is held. */
  release?(context: CommandContext): void
  /** Runs again and again while the key is held down. */
  readonly repeats?: true
  /** Ways to say it, lower case, without punctuation, in the notation of domain/voice/pattern.ts: "(the) {preset} window". */
  readonly phrases?: readonly (string | FilledPhrases)[]
  /** Why it has none. */
  readonly silent?: string
  /** Id of the command that takes it back, its own where running it again does; or how to come back to what `before` shows. */
  readonly undo?: string | ((before: AppState, slots: SlotValues) => WayBack)
  /** Question to be answered with yes before a voice runs it: for what deletes. */
  readonly asksAloud?: string
  /** Question to be answered with yes before it runs: for what nothing takes back. */
  readonly confirms?: string
}

export const always = (): boolean => true

const isFilled = (keys: string | FilledKeys): keys is FilledKeys => typeof keys !== 'string'

/** A command with its slots filled, as far as a key fills them: what a key runs and a row of the help sheet names. */
export interface Entry {
  /** The command's id; with filled slots "command:value", e.g. "window.preset:lung". */
  readonly id: string
  readonly title: string
  readonly keys: readonly string[]
  readonly command: Command
  readonly slots: SlotValues
  /** Slots that are still to be asked for. */
  readonly open: readonly string[]
}

/** The title of an entry as it stands at the moment. */
export const toTitleNow = ({ title, command }: Entry, state: AppState): string => command.titleNow?.(state) ?? title

const toEntryId = (commandId: string, slots: SlotValues): string => [commandId, ...Object.values(slots)].join(':')

/** One entry for each filling that has keys, and one that asks, where a slot stays open. */
export function toEntries(command: Command): Entry[] {
  const names = Object.keys(command.slots ?? {})
  const filled = command.keys.filter(isFilled).map(({ slots, title, keys }) => ({
    id: toEntryId(command.id, slots),
    title,
    keys,
    command,
    slots,
    open: names.filter((name) => !(name in slots)),
  }))
  const keys = command.keys.filter((one): one is string => !isFilled(one))
  return [...filled, { id: command.id, title: command.title, keys, command, slots: {}, open: names }]
}
