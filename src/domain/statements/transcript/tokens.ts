import { isDoubtful } from '../../speech/doubtfulWords.ts'
import type { TimedWord } from '../../speech/transcription.ts'
import type { Span } from '../statement.ts'

/** A word of the transcript as the transcriber gave it. */
export interface HeardWord {
  /** With its punctuation, as it is shown. */
  readonly text: string
  readonly span: Span | null
  /** Who wrote it is sure of it; false where nobody knows how sure. */
  readonly isClear: boolean
  /** What it is read as, where that is another word than was heard. */
  readonly meant?: string
}

/** A word as the rules read it. */
export interface Token {
  /** Lower case, without punctuation; numbers in digits. */
  readonly word: string
  /** As it was heard. */
  readonly text: string
  readonly span: Span | null
  readonly isClear: boolean
  /** What stands behind it: a sentence ends, another clause begins that no stop parts (clauses.ts), a list goes on, or nothing. */
  readonly breaks: 'sentence' | 'clause' | 'comma' | null
  /** It is of the same heard word as the token before it: "6mm" is two. */
  readonly isRest?: boolean
}

const isNumber = (word: string): boolean =>
  /^(\d.*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|.+teen|(twen|thir|for|fif|six|seven|eigh|nine)ty)$/.test(
    word,
  )

/** Spoken punctuation and what it stands for. */
const SPOKEN: readonly (readonly [
  words: readonly string[],
  breaks: 'sentence' | 'comma' | 'question' | 'heading' | null,
])[] = [
  [['question', 'mark'], 'question'],
  [['exclamation', 'point'], 'sentence'],
  [['exclamation', 'mark'], 'sentence'],
  [['open', 'quote'], null],
  [['close', 'quote'], null],
  [['open', 'quotes'], null],
  [['close', 'quotes'], null],
  [['open', 'parenthesis'], null],
  [['close', 'parenthesis'], null],
  [['open', 'bracket'], null],
  [['close', 'bracket'], null],
  [['dash'], 'comma'],
  [['hyphen'], null],
  [['full', 'stop'], 'sentence'],
  [['new', 'line'], 'sentence'],
  [['new', 'paragraph'], 'sentence'],
  [['next', 'line'], 'sentence'],
  [['next', 'paragraph'], 'sentence'],
  [['semicolon'], 'sentence'],
  [['period'], 'sentence'],
  [['comma'], 'comma'],
  [['colon'], 'heading'],
]
/** "The sigmoid colon" is an organ. */
const ORGAN_COLON = /^(the|sigmoid|transverse|ascending|descending|of|right|left)$/

/** Sounds of hesitation that a transcriber writes down. */
const HESITATIONS = new Set('uh um uhm er erm hmm mm ah eh'.split(' '))

/** How the short forms of a report are read. */
const SHORT: readonly (readonly [form: RegExp, words: string])[] = [
  [/\bs\/p\b/g, 'status post'],
  [/\bw\/o\b/g, 'without'],
  [/\bh\/o\b/g, 'history of'],
  [/\br\/o\b/g, 'rule out'],
  [/\bc\/w\b/g, 'consistent with'],
  [/^hx\b/g, 'history'],
  [/^pmhx?\b/g, 'past medical history'],
  [/\bb\/l\b/g, 'bilateral'],
  [/\bw\/(?=\s|$)/g, 'with'],
]
const spellOut = (text: string): string =>
  SHORT.reduce((spelled, [form, words]) => spelled.replace(form, words), text.toLowerCase())

/** Words as a transcriber wrote them. */
export const fromTimedWords = (words: readonly TimedWord[]): HeardWord[] =>
  words.map(({ text, startSeconds, endSeconds, probability }) => ({
    text,
    span: { startSeconds, endSeconds },
    isClear: !isDoubtful({ probability }),
  }))

/** Words of a text without times. `isClear`: a person wrote it. */
export const toHeardWords = (text: string, isClear = false): HeardWord[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ({ text: word, span: null, isClear }))

function toTokens({ text, span, isClear, meant }: HeardWord): Token[] {
  if (text === '?') return [{ word: 'query', text, span, isClear, breaks: null }]
  const parts = spellOut(meant ?? text).match(/(?:\d+[.,]|(?<![\d.,a-z])\.)?\d+|[a-z]+(?:'[a-z]+)?/g) ?? []
  const breaks = /[.!?;]["')]*$/.test(text) && text !== '?' ? 'sentence' : /,$/.test(text) ? 'comma' : null
  const words = parts.map((part) =>
    part === 'slash' ? 'and' : part.replace(',', '.').replace(/^\./, '0.').replace(/'s$/, ''),
  )
  const last = words.length - 1
  return words.map((word, n) => ({ word, text, span, isClear, breaks: n === last ? breaks : null, isRest: n > 0 }))
}

/** "6 mm" hesitates nowhere. */
const isUnit = (tokens: readonly Token[], at: number): boolean =>
  tokens[at].word === 'mm' && isNumber(tokens[at - 1]?.word ?? '')

function withBreak(tokens: Token[], breaks: 'sentence' | 'comma', sign = ''): void {
  const last = tokens.pop()
  if (last) tokens.push({ ...last, text: last.text + sign, breaks: last.breaks === 'sentence' ? 'sentence' : breaks })
}

function withColon(tokens: Token[]): void {
  const last = tokens.pop()
  if (last) tokens.push({ ...last, text: `${last.text}:` })
}

/** Whether a token ends a heading: "Thyroid:". */
export const isHeadingEnd = ({ text }: Token): boolean => text.endsWith(':')

/** Words as the rules read them: spoken punctuation has become breaks, hesitations are gone. */
export function tokenize(heard: readonly HeardWord[]): Token[] {
  const raw = heard.flatMap(toTokens)
  const tokens: Token[] = []
  for (let at = 0; at < raw.length; at++) {
    const spoken = SPOKEN.find(([words]) => words.every((word, n) => raw[at + n]?.word === word))
    if (spoken && !(raw[at].word === 'colon' && ORGAN_COLON.test(raw[at - 1]?.word ?? ''))) {
      if (spoken[1] === 'question') withBreak(tokens, 'sentence', '?')
      else if (spoken[1] === 'heading') withColon(tokens)
      else if (spoken[1] !== null) withBreak(tokens, spoken[1])
      at += spoken[0].length - 1
    } else if (HESITATIONS.has(raw[at].word) && !isUnit(raw, at)) {
      if (raw[at].breaks === 'sentence') withBreak(tokens, 'sentence')
    } else tokens.push(raw[at])
  }
  return tokens
}

export interface Sentence {
  readonly start: number
  readonly end: number
}

/** Sentences, each with the tokens from `start` up to `end`, in the order of the text. */
export function toSentences(tokens: readonly Token[]): Sentence[] {
  const ends = tokens.flatMap(({ breaks }, at) =>
    breaks === 'sentence' || breaks === 'clause' || at === tokens.length - 1 ? [at + 1] : [],
  )
  return ends.map((end, n) => ({ start: n === 0 ? 0 : ends[n - 1], end }))
}
