import type { Span } from '../statement.ts'

/** A word of the transcript as the transcriber gave it. */
export interface HeardWord {
  /** With its punctuation, as it is shown. */
  readonly text: string
  readonly span: Span | null
}

/** A word as the rules read it. */
export interface Token {
  /** Lower case, without punctuation; numbers in digits. */
  readonly word: string
  /** As it was heard. */
  readonly text: string
  readonly span: Span | null
  /** What stands behind it: a sentence ends, a list goes on, or nothing. */
  readonly breaks: 'sentence' | 'comma' | null
}

/** Spoken punctuation and what it stands for. */
const SPOKEN: readonly (readonly [words: readonly string[], breaks: 'sentence' | 'comma'])[] = [
  [['full', 'stop'], 'sentence'],
  [['new', 'line'], 'sentence'],
  [['new', 'paragraph'], 'sentence'],
  [['next', 'line'], 'sentence'],
  [['next', 'paragraph'], 'sentence'],
  [['semicolon'], 'sentence'],
  [['period'], 'sentence'],
  [['comma'], 'comma'],
  [['colon'], 'comma'],
]
/** "The sigmoid colon" is an organ. */
const ORGAN_COLON = /^(the|sigmoid|transverse|ascending|descending|of|right|left)$/

/** Sounds of hesitation that a transcriber writes down. */
const HESITATIONS = new Set('uh um uhm er erm hmm mm ah eh'.split(' '))

export const toHeardWords = (text: string): HeardWord[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ({ text: word, span: null }))

function toTokens({ text, span }: HeardWord): Token[] {
  const parts = text.toLowerCase().match(/\d+(?:[.,]\d+)?|[a-z]+(?:'[a-z]+)?/g) ?? []
  const breaks = /[.!?;:]["')]*$/.test(text) ? 'sentence' : /,$/.test(text) ? 'comma' : null
  const words = parts.map((part) => (part === 'slash' ? 'and' : part.replace(',', '.').replace(/'s$/, '')))
  return words.map((word, n) => ({ word, text, span, breaks: n === words.length - 1 ? breaks : null }))
}

function withBreak(tokens: Token[], breaks: 'sentence' | 'comma'): void {
  const last = tokens.pop()
  if (last) tokens.push({ ...last, breaks: last.breaks === 'sentence' ? 'sentence' : breaks })
}

/** Words as the rules read them: spoken punctuation has become breaks, hesitations are gone. */
export function tokenize(heard: readonly HeardWord[]): Token[] {
  const raw = heard.flatMap(toTokens)
  const tokens: Token[] = []
  for (let at = 0; at < raw.length; at++) {
    const spoken = SPOKEN.find(([words]) => words.every((word, n) => raw[at + n]?.word === word))
    if (spoken && !(raw[at].word === 'colon' && ORGAN_COLON.test(raw[at - 1]?.word ?? ''))) {
      withBreak(tokens, spoken[1])
      at += spoken[0].length - 1
    } else if (HESITATIONS.has(raw[at].word)) {
      if (raw[at].breaks === 'sentence') withBreak(tokens, 'sentence')
    } else tokens.push(raw[at])
  }
  return tokens
}

/** Sentences, each with the tokens from `start` up to `end`, in the order of the text. */
export function toSentences(tokens: readonly Token[]): { readonly start: number; readonly end: number }[] {
  const ends = tokens.flatMap(({ breaks }, at) => (breaks === 'sentence' || at === tokens.length - 1 ? [at + 1] : []))
  return ends.map((end, n) => ({ start: n === 0 ? 0 : ends[n - 1], end }))
}
