import { assert } from '../../base/assert.ts'
import type { LanguageFile, NgramLevel } from './languageFile.ts'

const UNITS = 1024
/** Steps that are kept once found. */
const MOST_KEPT = 100_000

/** The state of no words before: what follows is judged by itself. */
export const NO_WORDS = -1

export interface LanguageStep {
  /** Natural logarithm of P(word | the state's words). */
  readonly logProb: number
  readonly next: number
}

/**
 * N-grams with back-off (Katz's form; training estimates them by modified Kneser-Ney). A state is the longest known run
 * of words before, a number to be handed back: an n-gram's index over all lengths.
 */
export class Language {
  readonly start: number
  readonly end: number
  readonly #levels: readonly NgramLevel[]
  readonly #starts: readonly number[]
  readonly #suffixes: Int32Array
  readonly #steps = new Map<number, LanguageStep>()

  constructor(readonly file: LanguageFile) {
    this.#levels = file.levels
    const starts = [0]
    for (const { word } of file.levels) starts.push(starts[starts.length - 1] + word.length)
    this.#starts = starts
    this.#suffixes = new Int32Array(this.#starts[file.levels.length]).fill(NO_WORDS)
    this.#linkSuffixes()
    const start = file.words.indexOf('<s>')
    assert(start >= 0, 'a language has a start of the sentence')
    this.start = this.#shorten(start)
    this.end = file.words.indexOf('</s>')
  }

  /** log P of the word after any words. */
  logProb(word: number): number {
    return this.#levels[0].logProb[word] / UNITS
  }

  step(state: number, word: number): LanguageStep {
    const key = (state + 1) * 0x10000 + word
    const known = this.#steps.get(key)
    if (known) return known
    const step = this.#findStep(state, word)
    if (this.#steps.size === MOST_KEPT) this.#steps.clear()
    this.#steps.set(key, step)
    return step
  }

  /** Words that the state's own n-grams go on with, with their log P: few but for common states. */
  continuations(state: number): { readonly words: Uint16Array; readonly logProbs: Float64Array } {
    const [first, last] = this.#childrenOf(state)
    const { word, logProb } = this.#levels[this.#levelOf(state) + 1]
    return {
      words: word.subarray(first, last),
      logProbs: Float64Array.from(logProb.subarray(first, last), (u) => u / UNITS),
    }
  }

  /** Where the state's n-grams have no such word: the shorter state, and the log weight of going there. */
  backOff(state: number): LanguageStep {
    const level = this.#levelOf(state)
    const logProb = this.#levels[level].logBackoff[state - this.#starts[level]] / UNITS
    return { logProb, next: this.#suffixes[state] }
  }

  #findStep(state: number, word: number): LanguageStep {
    let units = 0
    for (let at = state; ; at = this.#suffixes[at]) {
      const found = this.#findChild(at, word)
      if (found >= 0) {
        const level = this.#levelOf(found)
        units += this.#levels[level].logProb[found - this.#starts[level]]
        return { logProb: units / UNITS, next: this.#shorten(found) }
      }
      const level = this.#levelOf(at)
      units += this.#levels[level].logBackoff[at - this.#starts[level]]
    }
  }

  /** The longest end of an n-gram that some longer n-gram begins with: what else came before no longer matters. */
  #shorten(entry: number): number {
    let at = entry
    while (at !== NO_WORDS) {
      const [first, last] = this.#childrenOf(at)
      if (first < last) return at
      at = this.#suffixes[at]
    }
    return at
  }

  #childrenOf(state: number): readonly [number, number] {
    const level = this.#levelOf(state)
    if (level === this.#levels.length - 1) return [0, 0]
    const { firstChild } = this.#levels[level]
    const at = state - this.#starts[level]
    return [firstChild[at], firstChild[at + 1]]
  }

  #findChild(state: number, word: number): number {
    if (state === NO_WORDS) return word
    let [low, high] = this.#childrenOf(state)
    if (low === high) return -1
    const level = this.#levelOf(state) + 1
    const words = this.#levels[level].word
    const last = high
    while (low < high) {
      const middle = (low + high) >> 1
      if (words[middle] < word) low = middle + 1
      else high = middle
    }
    return low < last && words[low] === word ? this.#starts[level] + low : -1
  }

  #levelOf(entry: number): number {
    let level = 0
    while (entry >= this.#starts[level + 1]) level++
    return level
  }

  #linkSuffixes(): void {
    for (let entry = 0; entry < this.#starts[this.#levels.length - 1]; entry++) {
      const [first, last] = this.#childrenOf(entry)
      const level = this.#levelOf(entry) + 1
      for (let child = first; child < last; child++) {
        const word = this.#levels[level].word[child]
        let shorter = this.#suffixes[entry]
        let found = this.#findChild(shorter, word)
        while (found < 0) {
          shorter = this.#suffixes[shorter]
          found = this.#findChild(shorter, word)
        }
        this.#suffixes[this.#starts[level] + child] = found
      }
    }
  }
}
