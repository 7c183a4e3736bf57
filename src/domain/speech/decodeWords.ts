import type { Language } from './language.ts'
import type { DecodingSettings } from './languageFile.ts'
import type { Lexicon } from './lexicon.ts'
import { type Prefix, PrefixTree } from './prefixTree.ts'

const BLANK = 0
const NEVER = Number.NEGATIVE_INFINITY
/** Outside the lexicon the last letter is all that matters for what comes; above the numbers of the lexicon's nodes. */
const UNKNOWN = 0xf000

export interface DecodedWords {
  readonly text: string
  /** Log probability of the frames given the text, plus the weighed log P of its words. */
  readonly score: number
}

const addLogs = (a: number, b: number): number => {
  if (a === NEVER) return b
  if (b === NEVER) return a
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))
}

/** Letters but the blank, the likeliest first. */
function toLikeliest(frame: Float32Array): number[] {
  const letters = Array.from({ length: frame.length - 1 }, (_, n) => n + 1)
  return letters.sort((a, b) => frame[b] - frame[a] || a - b)
}

/**
 * Prefix beam search over the frames of a CTC encoder (Hannun et al., arXiv 1408.2873), with the words' n-grams in the
 * score of every prefix and what its begun word can still become as look-ahead. training/voxct/speech/decoding.py does
 * the same, step by step.
 */
export class WordSearch {
  readonly #space: number
  #frame = 0
  #best = NEVER
  #reached: Prefix[] = []

  constructor(
    private readonly language: Language,
    private readonly lexicon: Lexicon,
    private readonly settings: DecodingSettings,
    private readonly alphabet: readonly string[],
  ) {
    this.#space = alphabet.indexOf(' ')
  }

  /** `logProbs` is row-major [frames, letters], natural logarithms. */
  run(logProbs: Float32Array): DecodedWords {
    const letters = this.alphabet.length
    const tree = new PrefixTree(this.language, this.lexicon, this.settings, this.#space)
    this.#frame = 0
    let beam = [tree.start]
    for (let at = 0; at < logProbs.length; at += letters) {
      const frame = logProbs.subarray(at, at + letters)
      this.#frame++
      this.#best = NEVER
      this.#reached = []
      this.#stay(beam, frame)
      this.#extend(tree, beam, frame)
      beam = this.#prune(beam)
    }
    return this.#choose(tree, beam)
  }

  /** A blank, or the last letter once more. */
  #stay(beam: readonly Prefix[], frame: Float32Array): void {
    for (const prefix of beam) {
      const all = addLogs(prefix.inBlank, prefix.inLetter)
      // A space after a space is the same text, with or without a blank between.
      const again = prefix.letter === this.#space ? all : prefix.inLetter
      this.#reach(prefix, all + frame[BLANK], again + frame[prefix.letter])
    }
  }

  #extend(tree: PrefixTree, beam: readonly Prefix[], frame: Float32Array): void {
    const { margin, wordBonus } = this.settings
    const letters = toLikeliest(frame)
    for (const prefix of beam) {
      const all = addLogs(prefix.inBlank, prefix.inLetter)
      const isBoundary = prefix.letter === this.#space
      const most = all + prefix.rank + (isBoundary ? wordBonus : 0)
      for (const letter of letters) {
        if (most + frame[letter] < this.#best - margin) break
        if (isBoundary && letter === this.#space) continue
        const path = (letter === prefix.letter ? prefix.inBlank : all) + frame[letter]
        const child = tree.extend(prefix, letter)
        if (path + child.rank >= this.#best - margin) this.#reach(child, NEVER, path)
      }
    }
  }

  #reach(prefix: Prefix, inBlank: number, inLetter: number): void {
    if (prefix.frame !== this.#frame) {
      prefix.frame = this.#frame
      prefix.nextInBlank = NEVER
      prefix.nextInLetter = NEVER
      this.#reached.push(prefix)
    }
    prefix.nextInBlank = addLogs(prefix.nextInBlank, inBlank)
    prefix.nextInLetter = addLogs(prefix.nextInLetter, inLetter)
    prefix.score = addLogs(prefix.nextInBlank, prefix.nextInLetter) + prefix.rank
    if (prefix.score > this.#best) this.#best = prefix.score
  }

  /** The best prefixes; of two that what comes can no longer tell apart, the better one. */
  #prune(beam: readonly Prefix[]): Prefix[] {
    for (const prefix of beam) prefix.inBlank = prefix.inLetter = NEVER
    const near = this.#reached.filter((prefix) => prefix.score >= this.#best - this.settings.margin)
    near.sort((a, b) => b.score - a.score)
    const seen = new Set<number>()
    const kept: Prefix[] = []
    for (const prefix of near) {
      if (kept.length === this.settings.beam) break
      const key = (prefix.state + 1) * 0x10000 + (prefix.node ? prefix.node.id : UNKNOWN + prefix.letter)
      if (seen.has(key)) continue
      seen.add(key)
      prefix.inBlank = prefix.nextInBlank
      prefix.inLetter = prefix.nextInLetter
      kept.push(prefix)
    }
    return kept
  }

  #choose(tree: PrefixTree, beam: readonly Prefix[]): DecodedWords {
    let best = beam[0]
    let score = NEVER
    for (const prefix of beam) {
      const whole = addLogs(prefix.inBlank, prefix.inLetter) + tree.finish(prefix)
      if (whole > score) [best, score] = [prefix, whole]
    }
    let text = ''
    for (let at: Prefix | null = best; at; at = at.parent) text = this.alphabet[at.letter] + text
    return { text: text.trim(), score }
  }
}
