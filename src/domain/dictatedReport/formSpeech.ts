import { readNumbers } from '../voice/spokenNumbers.ts'
import type { SpokenWord } from '../voice/spokenWords.ts'
import { findSentenceStarts } from './runOn.ts'

/** A sentence as a report writes it. */
export interface FormedSentence {
  readonly text: string
  /** The words as they were heard. */
  readonly heard: string
  /** "New paragraph" was said before it. */
  readonly beginsParagraph: boolean
}

/** Spoken punctuation; the paragraph's mark never stands in a text. */
const PARAGRAPH = '¶'
const PUNCTUATION: readonly (readonly [words: string, sign: string])[] = [
  ['new paragraph', PARAGRAPH],
  ['next paragraph', PARAGRAPH],
  ['new line', '.'],
  ['next line', '.'],
  ['full stop', '.'],
  ['question mark', '?'],
  ['exclamation mark', '!'],
  ['exclamation point', '!'],
  ['open parenthesis', '('],
  ['close parenthesis', ')'],
  ['open bracket', '('],
  ['close bracket', ')'],
  ['semicolon', ';'],
  ['semi colon', ';'],
  ['period', '.'],
  ['comma', ','],
  ['colon', ':'],
  ['hyphen', '-'],
]
/** "The sigmoid colon", "over a period": words and no signs. */
const NO_SIGN_BEHIND: Readonly<Record<string, RegExp>> = {
  colon: /^(the|sigmoid|transverse|ascending|descending|of|right|left|and)$/,
  period: /^(a|the|this|that|short|long|same|time|waiting|incubation)$/,
}
const NO_SIGN_BEFORE: Readonly<Record<string, RegExp>> = { period: /^of$/ }

const HESITATIONS = new Set('uh um uhm er erm hmm ah eh'.split(' '))

const bare = (word: string): string => word.toLowerCase().replace(/^[^\w]+|[^\w]+$/g, '')

/** A word with what stands behind it. */
interface Piece {
  readonly word: string
  /** Written against the word before it. */
  readonly isSign?: boolean
}

function findSign(words: readonly string[], at: number): { readonly sign: string; readonly length: number } | null {
  for (const [spoken, sign] of PUNCTUATION) {
    const parts = spoken.split(' ')
    if (!parts.every((part, n) => bare(words[at + n] ?? '') === part)) continue
    if (NO_SIGN_BEHIND[spoken]?.test(bare(words[at - 1] ?? ''))) continue
    if (NO_SIGN_BEFORE[spoken]?.test(bare(words[at + parts.length] ?? ''))) continue
    return { sign, length: parts.length }
  }
  return null
}

function toPieces(text: string): Piece[] {
  const words = text.split(/\s+/).filter(Boolean)
  const pieces: Piece[] = []
  for (let at = 0; at < words.length; at++) {
    const found = findSign(words, at)
    if (found) {
      // What the transcriber put before the sign that was spoken goes.
      const last = pieces.at(-1)
      if (last && found.sign !== '(') pieces[pieces.length - 1] = { ...last, word: last.word.replace(/[.,;:]+$/, '') }
      pieces.push({ word: found.sign, isSign: true })
      at += found.length - 1
    } else if (!HESITATIONS.has(bare(words[at]))) pieces.push({ word: words[at] })
  }
  return pieces
}

const UNITS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['mm', 'mm millimetre millimetres millimeter millimeters'],
      ['cm', 'cm centimetre centimetres centimeter centimeters'],
      ['ml', 'ml millilitre millilitres milliliter milliliters'],
      ['HU', 'hu'],
      ['%', 'percent'],
    ] as const
  ).flatMap(([unit, words]) => words.split(' ').map((word) => [word, unit])),
)
/** Behind these a number is a number of something, and written in digits. */
const COUNTED = /^(image|slice|series|frame|grade|stage|level|segment)$/
const BY = /^(by|x|times|×)$/

const toSpoken = (words: readonly string[]): SpokenWord[] =>
  words.map((word) => ({
    word: word
      .toLowerCase()
      .replace(/[^a-z0-9.]/g, '')
      .replace(/\.$/, ''),
    probability: null,
  }))

/** The longest number at a place that no sound-alike was needed for; null where there is none. */
function readNumber(words: readonly SpokenWord[], at: number): { readonly value: number; readonly end: number } | null {
  const sure = readNumbers(words, at).filter(({ cost }) => cost === 0)
  return sure.toSorted((a, b) => b.end - a.end)[0] ?? null
}

function readUnit(words: readonly SpokenWord[], at: number): { readonly unit: string; readonly length: number } | null {
  const [word, next] = [words[at]?.word ?? '', words[at + 1]?.word ?? '']
  if (word === 'hounsfield' && /^units?$/.test(next)) return { unit: 'HU', length: 2 }
  if (word === 'per' && next === 'cent') return { unit: '%', length: 2 }
  const unit = UNITS[word]
  return unit ? { unit, length: 1 } : null
}

const joinUnit = (number: string, unit: string): string => (unit === '%' ? `${number}%` : `${number} ${unit}`)

/** "Five by six millimetres" → "5 × 6 mm": where it ends and how it is written; null where no size begins. */
function readSize(words: readonly SpokenWord[], at: number): { readonly text: string; readonly end: number } | null {
  const numbers: string[] = []
  let end = at
  for (;;) {
    const number = readNumber(words, end)
    if (!number) return null
    numbers.push(String(number.value).replace('-', '−'))
    end = number.end
    const unit = readUnit(words, end)
    const behind = unit ? end + unit.length : end
    if (BY.test(words[behind]?.word ?? '') && readNumber(words, behind + 1)) end = behind + 1
    else if (unit) return { text: joinUnit(numbers.join(' × '), unit.unit), end: behind }
    else return null
  }
}

/** "Four" of "four to six millimetres". */
function isRangeStart(words: readonly SpokenWord[], at: number): boolean {
  const end = readNumber(words, at)?.end
  return end !== undefined && words[end]?.word === 'to' && readSize(words, end + 1) !== null
}

const tailOf = (word: string): string => /[.,;:?!)]*$/.exec(word)?.[0] ?? ''

/** Numbers with a unit, and those that count something, in digits; all others stay as they were said. */
function formNumbers(words: readonly string[]): string[] {
  const spoken = toSpoken(words)
  const formed: string[] = []
  for (let at = 0; at < words.length; at++) {
    const size = readSize(spoken, at)
    const counted = COUNTED.test(bare(words[at - 1] ?? '')) || isRangeStart(spoken, at) ? readNumber(spoken, at) : null
    const found = size ?? (counted && { text: String(counted.value), end: counted.end })
    const isBroken = found !== null && words.slice(at, found.end - 1).some((word) => tailOf(word) !== '')
    if (!found || isBroken) formed.push(words[at])
    else {
      formed.push(`${found.text}${tailOf(words[found.end - 1])}`)
      at = found.end - 1
    }
  }
  return formed
}

const ABBREVIATED = /^(e\.g|i\.e|vs|approx|ca|no|dr|fig|cf)\.$/i
const endsSentence = (word: string): boolean => /[.?!]["')]?$/.test(word) && !ABBREVIATED.test(word)

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function toSentence(pieces: readonly Piece[], beginsParagraph: boolean): FormedSentence[] {
  const words: string[] = []
  for (const { word, isSign } of pieces) {
    if (isSign && word !== '(' && words.length > 0) words[words.length - 1] += word
    else if (!isSign || word === '(') words.push(word)
  }
  const spelled = formNumbers(
    words.flatMap((word) => word.replace(/^(\d+(?:\.\d+)?)(mm|cm|ml)\b/i, '$1 $2').split(' ')),
  )
  const text = spelled
    .join(' ')
    .replaceAll('( ', '(')
    .replace(/[\s,;:-]+$/, '')
    .trim()
  if (!/\w/.test(text)) return []
  const heard = pieces.map(({ word }) => word).join(' ')
  return [{ text: capitalise(/[.?!]$/.test(text) ? text : `${text}.`), heard, beginsParagraph }]
}

/** The pieces of what was said between two stops, sentence by sentence; the "and" that joined two goes. */
function cutRunOn(pieces: readonly Piece[]): (readonly Piece[])[] {
  const words: string[] = []
  const firsts: number[] = []
  pieces.forEach(({ word, isSign }, at) => {
    if (isSign && words.length > 0) words[words.length - 1] += word
    else {
      words.push(word)
      firsts.push(at)
    }
  })
  const starts = [0, ...findSentenceStarts(words)]
  return starts.map((start, n) => {
    const isJoined = n > 0 && bare(words[start]) === 'and'
    return pieces.slice(firsts[isJoined ? start + 1 : start], firsts[starts[n + 1]])
  })
}

/**
 * The words of an utterance as sentences of a report: spoken punctuation as signs, a new sentence where one begins though no stop was
 * said, numbers with a unit in digits, the first letter large and a full stop behind. Nothing else is changed, and nothing is added.
 */
export function formSpeech(text: string): FormedSentence[] {
  const sentences: FormedSentence[] = []
  let pieces: Piece[] = []
  let beginsParagraph = false
  const end = () => {
    for (const part of cutRunOn(pieces)) {
      const formed = toSentence(part, beginsParagraph)
      sentences.push(...formed)
      if (formed.length > 0) beginsParagraph = false
    }
    pieces = []
  }
  for (const piece of toPieces(text)) {
    if (piece.isSign && piece.word === PARAGRAPH) {
      end()
      beginsParagraph = true
      continue
    }
    pieces.push(piece)
    if (endsSentence(piece.word)) end()
  }
  end()
  return sentences
}
