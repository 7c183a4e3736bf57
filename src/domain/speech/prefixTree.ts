import { type Language, NO_WORDS } from './language.ts'
import type { DecodingSettings } from './languageFile.ts'
import type { Lexicon, LexiconNode } from './lexicon.ts'

const NEVER = Number.NEGATIVE_INFINITY

/** A text so far: whole words, then the letters of one that has begun. */
export interface Prefix {
  readonly parent: Prefix | null
  readonly letter: number
  /** Where the begun word stands in the lexicon; null outside it. */
  readonly node: LexiconNode | null
  /** Letters of the begun word. */
  readonly length: number
  /** Weighed log P of the whole words, and the state that they lead to. */
  readonly said: number
  readonly state: number
  /** `said` and the best that the begun word can still become. */
  readonly rank: number
  readonly children: (Prefix | undefined)[]
  /** Log probability of the paths that end in a blank, and of those that end in the last letter. */
  inBlank: number
  inLetter: number
  /** The same in the frame that is being read, its number, and their sum with `rank`. */
  nextInBlank: number
  nextInLetter: number
  frame: number
  score: number
}

/** All texts that a search has come by, each once; the weights of words outside and inside the lexicon. */
export class PrefixTree {
  readonly start: Prefix

  constructor(
    private readonly language: Language,
    private readonly lexicon: Lexicon,
    private readonly settings: DecodingSettings,
    private readonly space: number,
  ) {
    this.start = this.#open(null, space, lexicon.root, 0, 0, language.start)
    this.start.inBlank = 0
  }

  extend(prefix: Prefix, letter: number): Prefix {
    const known = prefix.children[letter]
    if (known) return known
    const child = this.#grow(prefix, letter)
    prefix.children[letter] = child
    return child
  }

  /** Weighed log P of the text if it ends here; a text without words costs nothing. */
  finish(prefix: Prefix): number {
    if (!prefix.parent) return 0
    const [said, state] = this.#complete(prefix)
    return said + this.settings.languageWeight * this.language.step(state, this.language.end).logProb
  }

  #grow(prefix: Prefix, letter: number): Prefix {
    if (letter === this.space) {
      const [said, state] = this.#complete(prefix)
      return this.#open(prefix, letter, this.lexicon.root, 0, said, state)
    }
    const node = prefix.node?.children.get(letter) ?? null
    return this.#open(prefix, letter, node, prefix.length + 1, prefix.said, prefix.state)
  }

  /** Weighed log P of the text with the begun word as a whole one, and the state after it. */
  #complete({ node, said, state, length }: Prefix): readonly [number, number] {
    const { languageWeight, wordBonus } = this.settings
    if (length === 0) return [said, state]
    if (!node || node.word < 0) return [said + wordBonus - this.#unknown(length), NO_WORDS]
    const { logProb, next } = this.language.step(state, node.word)
    return [said + wordBonus + languageWeight * logProb, next]
  }

  #unknown(length: number): number {
    return this.settings.unknownWord + this.settings.unknownLetter * length
  }

  #rank(node: LexiconNode | null, length: number, said: number, state: number): number {
    if (length === 0) return said
    const hope = node ? this.settings.languageWeight * this.lexicon.hope(state, node) : NEVER
    return said + this.settings.wordBonus + Math.max(hope, -this.#unknown(length))
  }

  #open(
    parent: Prefix | null,
    letter: number,
    node: LexiconNode | null,
    length: number,
    said: number,
    state: number,
  ): Prefix {
    const rank = this.#rank(node, length, said, state)
    const unread = { inBlank: NEVER, inLetter: NEVER, nextInBlank: NEVER, nextInLetter: NEVER, frame: 0, score: NEVER }
    return { parent, letter, node, length, said, state, rank, children: [], ...unread }
  }
}
