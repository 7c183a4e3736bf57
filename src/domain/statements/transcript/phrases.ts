import type { Token } from './tokens.ts'

/** One word of a phrase: alternatives, each a whole word (or its plural) or the beginning of one. */
interface PhraseWord {
  readonly exact: ReadonlySet<string>
  readonly beginnings: readonly string[]
  /** How many other words may stand before it. */
  readonly gap: number
}

export type Phrase = readonly PhraseWord[]

/** Words that a `~` may leave out. */
const WIDEST_GAP = 4

/**
 * A phrase as packs write it: words in their order, alternatives by `|`, any ending by `*`, no plural by `!`, and up to four
 * other words of the same part of a sentence for a `~`: "pleural ~ effusion", "enlarged|prominent heart", "calcif* ~ aort*".
 */
export function parsePhrase(text: string): Phrase {
  const phrase: PhraseWord[] = []
  let gap = 0
  for (const part of text.toLowerCase().split(/\s+/)) {
    if (part === '~') {
      gap = WIDEST_GAP
      continue
    }
    const words = part.split('|')
    phrase.push({
      exact: new Set(words.filter((word) => !word.endsWith('*')).flatMap(withPlural)),
      beginnings: words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
      gap,
    })
    gap = 0
  }
  return phrase
}

const withPlural = (word: string): string[] =>
  word.endsWith('!') ? [word.slice(0, -1)] : [word, `${word}s`, `${word}es`]

const isWord = ({ exact, beginnings }: PhraseWord, word: string): boolean =>
  exact.has(word) || beginnings.some((beginning) => word.startsWith(beginning))

const isBroken = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(Math.max(0, from - 1), to).some(({ breaks }, n) => breaks !== null && (n > 0 || from > 0) && to > from)

/** Places of the words of a phrase that begins at `start` and ends before `end`, or null. The nearest fit of each word counts. */
export function matchPhrase(phrase: Phrase, tokens: readonly Token[], start: number, end: number): number[] | null {
  const places: number[] = []
  for (const part of phrase) {
    const from = places.length === 0 ? start : places[places.length - 1] + 1
    const last = Math.min(end - 1, from + (places.length === 0 ? 0 : part.gap))
    let place = from
    while (place <= last && !isWord(part, tokens[place].word)) place++
    if (place > last || isBroken(tokens, from, place)) return null
    places.push(place)
  }
  return places
}
