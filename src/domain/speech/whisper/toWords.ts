import type { TimedWord } from '../transcription.ts'
import type { TokenTable } from './tokenTable.ts'

/** Tokens of one window with what is known of each. */
export interface TimedTokens {
  readonly ids: readonly number[]
  /** Natural logarithms. */
  readonly logProbs: ArrayLike<number>
  /** Seconds in the utterance at which each begins. */
  readonly starts: readonly number[]
  /** Seconds at which the last one ends. */
  readonly end: number
}

/** Places of the tokens with which words begin: those with a space before them, and the first. */
const findWords = (ids: readonly number[], table: TokenTable): number[] =>
  ids.flatMap((id, n) => (n === 0 || table.opensWord(id) ? [n] : []))

/** Tokens → words with punctuation at them; white space alone is no word. */
export function toWords({ ids, logProbs, starts, end }: TimedTokens, table: TokenTable): TimedWord[] {
  const firsts = findWords(ids, table)
  return firsts.flatMap((first, n) => {
    const next = firsts[n + 1] ?? ids.length
    const text = table.decode(ids.slice(first, next)).trim().replace(/\s+/g, ' ')
    if (text === '') return []
    let sum = 0
    for (let token = first; token < next; token++) sum += logProbs[token]
    const probability = Math.min(1, Math.exp(sum / (next - first)))
    return [{ text, startSeconds: starts[first], endSeconds: starts[next] ?? end, probability }]
  })
}
