import type { SpokenSlot } from '../domain/voice/align.ts'
import { type PatternItem, parsePattern, toExample } from '../domain/voice/pattern.ts'
import { ORDINALS, toNumberWord } from '../domain/voice/spokenNumbers.ts'
import { toSpokenWords } from '../domain/voice/spokenWords.ts'
import type { SpokenWay } from '../domain/voice/understand.ts'
import type { AppState } from '../state/appState.ts'
import type { Command, FilledPhrases, Slot, SlotOption } from './command.ts'
import { COMMANDS } from './table.ts'

const toFilled = (phrase: string | FilledPhrases): FilledPhrases =>
  typeof phrase === 'string' ? { say: [phrase] } : phrase

/** What to say for a command, an example for each of its phrases. */
export const toExamples = ({ phrases = [] }: Command): string[] => [
  ...new Set(phrases.flatMap((phrase) => toFilled(phrase).say).map(toExample)),
]

interface Phrase extends FilledPhrases {
  readonly command: Command
  readonly pattern: string
  readonly items: readonly PatternItem[]
}

const PHRASES: readonly Phrase[] = COMMANDS.flatMap((command) =>
  (command.phrases ?? [])
    .map(toFilled)
    .flatMap((filled) => filled.say.map((pattern) => ({ ...filled, command, pattern, items: parsePattern(pattern) }))),
)

const WORDS = new Map<string, readonly string[]>()
const MOST_KEPT = 10_000

/** Options hardly change between two utterances: what was split once is kept. */
function toWords(text: string): readonly string[] {
  const known = WORDS.get(text)
  if (known) return known
  const words = toSpokenWords(text).map(({ word }) => word)
  if (WORDS.size < MOST_KEPT) WORDS.set(text, words)
  return words
}

/** Titles are for the eye: what stands behind a colon or in brackets is not said. */
const toSpokenTitle = (title: string): string => title.replace(/\s*[:(].*$/, '')

function toPhrases({ isNumbered }: Slot, { title, words = [] }: SlotOption, index: number): (readonly string[])[] {
  const number = toNumberWord(String(index + 1)) ?? ''
  const numbers = isNumbered ? [number, `number ${number}`, ...(ORDINALS[index] ? [ORDINALS[index]] : [])] : []
  const unique = new Set([toSpokenTitle(title), ...words, ...numbers])
  return [...unique].map(toWords).filter((phrase) => phrase.length > 0)
}

const toSpokenSlot = (slot: Slot, state: AppState): SpokenSlot => ({
  options: slot
    .options(state)
    .map((option, index) => ({ value: option.value, phrases: slot.range ? [] : toPhrases(slot, option, index) })),
  range: slot.range,
  unit: slot.unit,
})

/** Everything that can be said now, from the table of commands. */
export function toSpokenWays(state: AppState): SpokenWay[] {
  const slotsOf = new Map<Command, Readonly<Record<string, SpokenSlot>>>()
  return PHRASES.map(({ command, pattern, items, slots = {}, when, isNegative = false }) => {
    const known = slotsOf.get(command)
    const named = Object.entries(command.slots ?? {}).map(([name, slot]) => [name, toSpokenSlot(slot, state)] as const)
    const own = known ?? Object.fromEntries(named)
    slotsOf.set(command, own)
    const isPossible = command.when(state) && (when?.(state) ?? true)
    return { commandId: command.id, items, pattern, slots: own, filled: slots, isNegative, isPossible }
  })
}
