import { unlikeness } from './likeness.ts'
import type { SpokenWord } from './spokenWords.ts'

export const DEFAULT_LEADING_WORD = 'viewer'

/** What may be said before the leading word. */
const BEFORE = new Set(['hey', 'ok', 'okay', 'the', 'dear'])
/** Beyond this it is another word. */
const MOST_UNLIKE = 0.03

/** An utterance that a leading word begins. */
export interface Led {
  /** What comes behind it. */
  readonly rest: readonly SpokenWord[]
  /** False: the word was heard as another that sounds like it, which may have been meant. */
  readonly isSure: boolean
}

function toLed(words: readonly SpokenWord[], leading: string): Led | null {
  const [first, second] = words
  if (!first) return null
  const unlike = unlikeness(first.word, leading)
  if (unlike <= MOST_UNLIKE) return { rest: words.slice(1), isSure: true }
  if (second && first.word + second.word === leading) return { rest: words.slice(2), isSure: true }
  if (second && Number.isFinite(unlikeness(first.word + second.word, leading)))
    return { rest: words.slice(2), isSure: false }
  if (Number.isFinite(unlike)) return { rest: words.slice(1), isSure: false }
  return null
}

/** What is behind the leading word that begins an utterance; null where none does. An empty leading word begins none. */
export function findLed(words: readonly SpokenWord[], leading: string): Led | null {
  if (leading === '') return null
  return toLed(words, leading) ?? (BEFORE.has(words[0]?.word ?? '') ? toLed(words.slice(1), leading) : null)
}

/** Place of a leading word amid other words: a command that follows dictation without a pause. Null: there is none. */
export function findLater(words: readonly SpokenWord[], leading: string): number | null {
  if (leading === '') return null
  const at = words.findIndex(({ word }, n) => n > 0 && unlikeness(word, leading) <= MOST_UNLIKE)
  return at < 0 ? null : at
}
