import { unlikeness } from './likeness.ts'
import type { PatternItem } from './pattern.ts'
import { readNumbers, type SpokenUnit, withUnit } from './spokenNumbers.ts'
import type { SpokenWord } from './spokenWords.ts'

export type SpokenValue = string | number

/** What may stand in a slot. */
export interface SpokenSlot {
  /** Values, and the words of each way to say them. */
  readonly options: readonly { readonly value: SpokenValue; readonly phrases: readonly (readonly string[])[] }[]
  /** The slot takes any whole number within these bounds, the bounds included. */
  readonly range?: { readonly min: number; readonly max: number }
  /** What a number of it is counted in; the unit may be said or left out. */
  readonly unit?: SpokenUnit
}

export interface Alignment {
  readonly cost: number
  readonly slots: Readonly<Record<string, SpokenValue>>
  /** Words of the utterance that stand for words of the pattern. */
  readonly explained: number
}

const POLITE = new Set('please now just thanks kindly'.split(' '))
const ARTICLES = new Set('the a an my this these those some'.split(' '))
const SMALL = new Set('to of in on at by for is it me with and that as all be are so i you'.split(' '))
/** A word that nothing explains weighs more than one that is there: it may turn the sense. */
const EXTRA_COST = 1.5
const SMALL_COST = 0.3
const ARTICLE_COST = 0.03
/** A word of the phrase that was not said. */
const MISSING_COST = 1

/** What a word is worth in an utterance. */
export const weigh = (word: string): number =>
  POLITE.has(word) ? 0 : ARTICLES.has(word) ? ARTICLE_COST : SMALL.has(word) ? SMALL_COST : 1

const toExtraCost = (word: string): number => {
  const weight = weigh(word)
  return weight === 1 ? EXTRA_COST : weight
}

const toMissingCost = (item: PatternItem): number => {
  if (item.kind === 'choice' && item.isOptional) return 0
  if (item.kind !== 'word') return Number.POSITIVE_INFINITY
  return ARTICLES.has(item.word) ? ARTICLE_COST : SMALL.has(item.word) ? SMALL_COST : MISSING_COST
}

interface Reading {
  readonly end: number
  readonly cost: number
  readonly value?: SpokenValue
}

/** A compound is one word or two: "crosshair", "cross hair". */
const JOIN_COST = 0.05

/** An utterance, and how unlike its words are to those of the phrases, which share most of theirs. */
export class Heard {
  readonly #unlike = new Map<string, readonly number[]>()
  readonly #joined: readonly string[]
  readonly hasNumber: boolean

  constructor(readonly words: readonly SpokenWord[]) {
    this.hasNumber = words.some((_, at) => readNumbers(words, at).length > 0)
    this.#joined = words.slice(1).map(({ word }, n) => words[n].word + word)
  }

  /** By word of the utterance. */
  toUnlike(meant: string): readonly number[] {
    const known = this.#unlike.get(meant)
    if (known) return known
    const costs = this.words.map(({ word }) => unlikeness(word, meant))
    this.#unlike.set(meant, costs)
    return costs
  }

  /** Whether two words from `at` on are the two halves of one. */
  isJoined = (at: number, meant: string): boolean => this.#joined[at] === meant

  /** Whether a word stands anywhere in it. */
  has(meant: string): boolean {
    return this.toUnlike(meant).some(Number.isFinite) || this.#joined.includes(meant)
  }
}

/** Reads the words of a phrase one after another from `at` on; null where one is another word. */
function readPhrase(heard: Heard, at: number, phrase: readonly string[]): Reading | null {
  const { words } = heard
  let cost = 0
  let end = at
  for (let n = 0; n < phrase.length; n++) {
    const word = words[end]?.word
    if (word === undefined) return null
    if (n > 0 && ARTICLES.has(word) && word !== phrase[n]) {
      end += 1
      n -= 1
      continue
    }
    const step = heard.toUnlike(phrase[n])[end]
    if (Number.isFinite(step)) {
      end += 1
      cost += step
      continue
    }
    cost += JOIN_COST
    if (heard.isJoined(end, phrase[n])) end += 2
    else if (word === phrase[n] + phrase[n + 1]) {
      n += 1
      end += 1
    } else return null
  }
  return { end, cost }
}

const isReading = (one: Reading | null): one is Reading => one !== null

function readSlot(heard: Heard, at: number, slot: SpokenSlot): Reading[] {
  const named = slot.options.flatMap(({ value, phrases }) =>
    phrases
      .map((phrase) => readPhrase(heard, at, phrase))
      .filter(isReading)
      .map((reading) => ({ ...reading, value })),
  )
  if (!slot.range) return named
  const plain = readNumbers(heard.words, at)
  return [...named, ...(slot.unit ? withUnit(heard.words, plain, slot.unit) : plain)]
}

type Slots = Readonly<Record<string, SpokenSlot>>

function readItem(heard: Heard, at: number, item: PatternItem, slots: Slots) {
  if (item.kind === 'slot') return readSlot(heard, at, slots[item.name])
  if (item.kind === 'choice') return item.phrases.map((phrase) => readPhrase(heard, at, phrase)).filter(isReading)
  return [readPhrase(heard, at, [item.word])].filter(isReading)
}

/** Whether an item can stand anywhere in the utterance; cheap, and true where it is not known. */
function canStand(heard: Heard, item: PatternItem, slots: Slots): boolean {
  if (item.kind === 'word' || (item.kind === 'choice' && item.isOptional)) return true
  const begins = ([first, second]: readonly string[]) =>
    heard.has(first) || (second !== undefined && heard.words.some(({ word }) => word === first + second))
  if (item.kind === 'choice') return item.phrases.some(begins)
  const { options, range } = slots[item.name]
  if (range) return heard.hasNumber
  return options.some(({ phrases }) => phrases.some(begins))
}

/** What the pattern costs at least: its words that stand nowhere in the utterance. */
function toLeastCost(heard: Heard, items: readonly PatternItem[]): number {
  return items.reduce(
    (sum, item, n) =>
      item.kind !== 'word' || heard.has(item.word) || isCompound(heard, items, n) ? sum : sum + toMissingCost(item),
    0,
  )
}

/** "crosshair" may stand for "cross hair". */
function isCompound(heard: Heard, items: readonly PatternItem[], n: number): boolean {
  const word = (at: number) => (items[at]?.kind === 'word' ? (items[at] as { word: string }).word : '')
  return heard.words.some((one) => one.word === word(n) + word(n + 1) || one.word === word(n - 1) + word(n))
}

const better = (former: Alignment | undefined, next: Alignment): Alignment =>
  former && (former.cost < next.cost || (former.cost === next.cost && former.explained >= next.explained))
    ? former
    : next

/**
 * The cheapest way to lay an utterance on a pattern: each word stands for one of the pattern or costs what it is worth, and so
 * does each of the pattern that was not said. Null where a slot stays empty, or where it would cost more than `mostCost`.
 */
export function align(heard: Heard, items: readonly PatternItem[], slots: Slots, mostCost: number): Alignment | null {
  const { words } = heard
  if (toLeastCost(heard, items) > mostCost || !items.every((item) => canStand(heard, item, slots))) return null
  const grid: Alignment[][] = Array.from({ length: words.length + 1 }, () => [])
  grid[0][0] = { cost: 0, slots: {}, explained: 0 }
  for (let at = 0; at <= words.length; at++)
    for (let n = 0; n <= items.length; n++) {
      const here = grid[at][n]
      if (!here || here.cost > mostCost) continue
      if (at < words.length)
        grid[at + 1][n] = better(grid[at + 1][n], { ...here, cost: here.cost + toExtraCost(words[at].word) })
      const item = items[n]
      if (!item) continue
      const follower = items[n + 1]
      if (item.kind === 'word' && follower?.kind === 'word' && words[at]?.word === item.word + follower.word) {
        const joined = { ...here, cost: here.cost + JOIN_COST, explained: here.explained + 1 }
        grid[at + 1][n + 2] = better(grid[at + 1][n + 2], joined)
      }
      const missing = toMissingCost(item)
      if (Number.isFinite(missing)) grid[at][n + 1] = better(grid[at][n + 1], { ...here, cost: here.cost + missing })
      for (const { end, cost, value } of readItem(heard, at, item, slots)) {
        const filled = item.kind === 'slot' && value !== undefined ? { ...here.slots, [item.name]: value } : here.slots
        const next = { cost: here.cost + cost, slots: filled, explained: here.explained + end - at }
        grid[end][n + 1] = better(grid[end][n + 1], next)
      }
    }
  const whole = grid[words.length][items.length]
  return whole && whole.cost <= mostCost ? whole : null
}
