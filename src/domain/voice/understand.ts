import { type Alignment, align, Heard, type SpokenSlot, type SpokenValue, weigh } from './align.ts'
import type { PatternItem } from './pattern.ts'
import type { SpokenWord } from './spokenWords.ts'

/** One way to say a command. */
export interface SpokenWay {
  readonly commandId: string
  readonly items: readonly PatternItem[]
  /** As the table has it, for whoever is told what is near. */
  readonly pattern: string
  readonly slots: Readonly<Record<string, SpokenSlot>>
  /** Slots that the phrase fills by itself. */
  readonly filled: Readonly<Record<string, SpokenValue>>
  /** Turns the sign of numbers: "up five slices". */
  readonly isNegative: boolean
  /** It would do something now. */
  readonly isPossible: boolean
}

/** A command as it was understood. */
export interface Understood {
  readonly way: SpokenWay
  readonly slots: Readonly<Record<string, SpokenValue>>
  /** 0…1: the share of the utterance that the phrase explains, less what is unlike, by how sure the transcriber was. */
  readonly confidence: number
}

/** Below this nothing runs. Set with the develop half of fixtures/commands. */
export const LEAST_CONFIDENCE = 0.78

/** What costs more than this share of the utterance's weight is not near, either. */
const MOST_COST = 0.7

const LEADS: readonly (readonly string[])[] = [
  'please',
  'ok',
  'okay',
  'now',
  'so',
  'hey',
  'can you',
  'could you',
  'would you',
  'will you',
  'i would like to',
  'i want to',
  'i would like',
  'let us',
  'i need',
  'go ahead and',
].map((lead) => lead.split(' '))
const TAILS: readonly (readonly string[])[] = ['please', 'now', 'thanks', 'thank you', 'for me', 'to me'].map((tail) =>
  tail.split(' '),
)

const isAt = (words: readonly SpokenWord[], at: number, phrase: readonly string[]): boolean =>
  at >= 0 && phrase.every((word, n) => words[at + n]?.word === word)

/** Without what is said for politeness before and behind a command. */
function stripPolite(words: readonly SpokenWord[]): readonly SpokenWord[] {
  const lead = LEADS.find((one) => one.length < words.length && isAt(words, 0, one))
  if (lead) return stripPolite(words.slice(lead.length))
  const tail = TAILS.find((one) => one.length < words.length && isAt(words, words.length - one.length, one))
  return tail ? stripPolite(words.slice(0, words.length - tail.length)) : words
}

/** How much of the confidence the transcriber's own doubt may take. */
const DOUBT_SHARE = 0.3

function toTrust(words: readonly SpokenWord[]): number {
  const known = words.flatMap(({ probability }) => (probability === null ? [] : [probability]))
  if (known.length === 0) return 1
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  return 1 - DOUBT_SHARE * (1 - mean) ** 2
}

function fill(way: SpokenWay, { slots }: Alignment): Readonly<Record<string, SpokenValue>> {
  if (!way.isNegative) return { ...way.filled, ...slots }
  const turned = Object.entries(slots).map(([name, value]) => [name, typeof value === 'number' ? -value : value])
  return { ...way.filled, ...Object.fromEntries(turned) }
}

const compare = (a: Understood & { explained: number }, b: Understood & { explained: number }): number =>
  b.confidence - a.confidence ||
  Number(b.way.isPossible) - Number(a.way.isPossible) ||
  b.explained - a.explained ||
  a.way.items.length - b.way.items.length

/** The ways that come nearest to what was said, the nearest first; none where nothing was. */
export function rankWays(spoken: readonly SpokenWord[], ways: readonly SpokenWay[]): Understood[] {
  const words = stripPolite(spoken)
  const weight = words.reduce((sum, { word }) => sum + weigh(word), 0)
  if (weight === 0) return []
  const trust = toTrust(words)
  const heard = new Heard(words)
  return ways
    .flatMap((way) => {
      const found = align(heard, way.items, way.slots, Math.max(1, weight) * MOST_COST)
      if (!found) return []
      const confidence = Math.max(0, 1 - found.cost / Math.max(1, weight)) * trust
      return [{ way, slots: fill(way, found), confidence, explained: found.explained }]
    })
    .sort(compare)
}
