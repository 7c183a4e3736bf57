import type { Token } from './tokens.ts'

/** One word of a phrase: alternatives, each a whole word (or its plural) or the beginning of one. */
interface PhraseWord {
  readonly exact: ReadonlySet<string>
  readonly beginnings: readonly string[]
  /** How many other words may stand before it. */
  readonly gap: number
}

export type Phrase = readonly PhraseWord[]

/** Words that a `~` may leave out, those of a place and auxiliary verbs not counted: "bronchi in the left lower lobe are dilated". */
const WIDEST_GAP = 4
const PLACE_WORD =
  /^(in|on|at|of|the|both|left|right|upper|lower|middle|lobes?|lungs?|bases?|apex|apices|lingula|has|have|had|been|is|are|was|were|be|remains?|still|now)$/
/** Words of places and verbs that a `~` may leave out besides. */
const WIDEST_PLACE = 6

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
  from > 0 &&
  tokens.slice(from - 1, to).some(({ breaks }, n) => breaks !== null && to > from && !isRelative(tokens, from + n))

/** "The nodes, which remain enlarged": a relative clause goes on with what stands before the comma. */
const isRelative = (tokens: readonly Token[], at: number): boolean =>
  tokens[at].word === 'which' && tokens[at - 1].breaks === 'comma'

/** How many different words an index keeps the answer of. */
const MOST_WORDS = 20_000

/** What may begin with a word: of many phrases the few whose first word it is; answers are kept. */
export function indexPhrases<T extends { readonly phrase: Phrase }>(
  items: readonly T[],
): (word: string) => readonly T[] {
  const known = new Map<string, readonly T[]>()
  return (word) => {
    const kept = known.get(word)
    if (kept) return kept
    const fitting = items.filter(({ phrase }) => phrase.length > 0 && isWord(phrase[0], word))
    if (known.size < MOST_WORDS) known.set(word, fitting)
    return fitting
  }
}

/** The nearest place of a word from `from` on that leaves out no more than `gap` words, or null. */
function findWord(part: PhraseWord, tokens: readonly Token[], from: number, end: number, gap: number): number | null {
  let left = gap
  let ofPlaces = gap === 0 ? 0 : WIDEST_PLACE
  for (let at = from; at < end; at++) {
    const { word } = tokens[at]
    if (isWord(part, word)) return at
    if (ofPlaces > 0 && PLACE_WORD.test(word)) ofPlaces--
    else if (--left < 0) return null
  }
  return null
}

/** Places of the words of a phrase that begins at `start` and ends before `end`, or null. The nearest fit of each word counts. */
export function matchPhrase(phrase: Phrase, tokens: readonly Token[], start: number, end: number): number[] | null {
  const places: number[] = []
  for (const part of phrase) {
    const from = places.length === 0 ? start : places[places.length - 1] + 1
    const place = findWord(part, tokens, from, end, places.length === 0 ? 0 : part.gap)
    if (place === null || isBroken(tokens, from, place)) return null
    places.push(place)
  }
  return places
}
