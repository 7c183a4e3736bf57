import { toExample } from '../domain/voice/pattern.ts'
import type { SpokenWord } from '../domain/voice/spokenWords.ts'
import { LEAST_CONFIDENCE, rankWays, type Understood } from '../domain/voice/understand.ts'
import type { AppState } from '../state/appState.ts'
import type { Slot, SlotValues } from './command.ts'
import { toSpokenWays } from './spoken.ts'
import { findEntry } from './table.ts'

/** What a person has asked for. */
export type Interpretation =
  | { readonly kind: 'command'; readonly id: string; readonly slots: SlotValues; readonly isPossible: boolean }
  /** The command is clear, but a number lies outside of what it takes. */
  | { readonly kind: 'range'; readonly id: string; readonly slot: Slot & Required<Pick<Slot, 'range'>> }
  /** Nothing that is sure enough to be run; what is near, as examples of what to say. */
  | { readonly kind: 'unknown'; readonly near: readonly string[] }

const MOST_NEAR = 2
/** Farther than this is not what was meant. */
const LEAST_NEAR = 0.3

function findOutside({ way, slots }: Understood) {
  const named = Object.entries(findEntry(way.commandId).command.slots ?? {})
  return named
    .map(([name, slot]) => ({ slot, value: slots[name] }))
    .find(({ slot: { range }, value }) => {
      if (!range || typeof value !== 'number') return false
      return !Number.isInteger(value) || value < range.min || value > range.max
    })?.slot
}

function toNear(ranked: readonly Understood[]): string[] {
  const near = ranked.filter(({ confidence, way }) => confidence >= LEAST_NEAR && way.isPossible)
  const firsts = near.filter(({ way }, n) => near.findIndex((one) => one.way.commandId === way.commandId) === n)
  return firsts.slice(0, MOST_NEAR).map(({ way }) => toExample(way.pattern))
}

/** Words of an utterance that is meant as a command, as a whole → the command, or what is near. Runs nothing. */
export function interpret(words: readonly SpokenWord[], state: AppState): Interpretation {
  const ranked = rankWays(words, toSpokenWays(state))
  const [best] = ranked
  if (!best || best.confidence < LEAST_CONFIDENCE) return { kind: 'unknown', near: toNear(ranked) }
  const outside = findOutside(best)
  if (outside?.range) return { kind: 'range', id: best.way.commandId, slot: { ...outside, range: outside.range } }
  return { kind: 'command', id: best.way.commandId, slots: best.slots, isPossible: best.way.isPossible }
}
