import { assert } from '../../base/assert.ts'
import { type Language, NO_WORDS } from './language.ts'

/** Where a spelling stands in the lexicon. */
export interface LexiconNode {
  readonly id: number
  readonly parent: LexiconNode | null
  /** By letter of the alphabet. */
  readonly children: ReadonlyMap<number, LexiconNode>
  /** The word spelled here, or -1. */
  readonly word: number
}

interface GrowingNode extends LexiconNode {
  readonly children: Map<number, GrowingNode>
  word: number
}

/** States whose look-ahead is kept: a day of dictation must not fill the worker's memory. */
const MOST_KEPT = 5_000

/** How likely, at best, the words are that begin with the letters so far. */
type Hopes = Map<number, number>

/** A tree of the letters of all words that the alphabet can spell; `<s>` and the like it cannot. */
export class Lexicon {
  readonly root: LexiconNode
  readonly #ends = new Map<number, LexiconNode>()
  readonly #hopes = new Map<number, Hopes>()

  constructor(
    private readonly language: Language,
    alphabet: readonly string[],
  ) {
    const letterOf = new Map(alphabet.map((letter, index) => [letter, index]))
    let count = 0
    const grow = (parent: GrowingNode | null): GrowingNode => ({ id: count++, parent, children: new Map(), word: -1 })
    const root = grow(null)
    for (const [word, spelling] of language.file.words.entries()) {
      const letters = Array.from(spelling, (letter) => letterOf.get(letter) ?? -1)
      if (letters.length === 0 || letters.includes(-1)) continue
      let node = root
      for (const letter of letters) {
        const child = node.children.get(letter) ?? grow(node)
        node.children.set(letter, child)
        node = child
      }
      node.word = word
      this.#ends.set(word, node)
    }
    assert(count < 0xf000, 'the lexicon has fewer nodes than the search has numbers for')
    this.root = root
  }

  /** The best log P after the state of the words that go on from the node (Ortmanns & Ney's language model look-ahead). */
  hope(state: number, node: LexiconNode): number {
    let weight = 0
    let best = Number.NEGATIVE_INFINITY
    for (let at = state; ; ) {
      best = Math.max(best, weight + (this.#hopesOf(at).get(node.id) ?? Number.NEGATIVE_INFINITY))
      if (at === NO_WORDS) return best
      const { logProb, next } = this.language.backOff(at)
      weight += logProb
      at = next
    }
  }

  #hopesOf(state: number): Hopes {
    const known = this.#hopes.get(state)
    if (known) return known
    const hopes: Hopes = new Map()
    const raise = (word: number, logProb: number): void => {
      for (let node = this.#ends.get(word) ?? null; node; node = node.parent) {
        if ((hopes.get(node.id) ?? Number.NEGATIVE_INFINITY) >= logProb) return
        hopes.set(node.id, logProb)
      }
    }
    if (state === NO_WORDS) for (const word of this.#ends.keys()) raise(word, this.language.logProb(word))
    else {
      const { words, logProbs } = this.language.continuations(state)
      for (let n = 0; n < words.length; n++) raise(words[n], logProbs[n])
    }
    if (this.#hopes.size === MOST_KEPT) this.#hopes.clear()
    this.#hopes.set(state, hopes)
    return hopes
  }
}
