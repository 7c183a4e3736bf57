import type { TimedWord } from '../speech/transcription.ts'

/** A word of an utterance as the grammar of commands reads it. */
export interface SpokenWord {
  /** Lower case, without punctuation; numbers in digits or words, as they were written down. */
  readonly word: string
  /** Of the transcriber, 0…1; null where nobody knows. */
  readonly probability: number | null
}

/** Sounds of hesitation, which stand for nothing. */
const HESITATIONS = new Set('uh um uhm er erm hmm ah eh'.split(' '))

const SPELLED: readonly (readonly [form: RegExp, words: string])[] = [
  [/%/g, ' percent '],
  [/°/g, ' degrees '],
  [/\+/g, ' plus '],
  [/(\d)\s*[x×]\s*(\d)/g, '$1 by $2'],
  // "3D", "3-D", "three dimensional" are one word.
  [/\b(?:3|three)[\s-]*(?:d|dimensional|dimensions)\b/g, '3d'],
  // "10mm" are two, "1,200" is one.
  [/(\d),(\d{3})\b/g, '$1$2'],
  [/(\d)(mm|cm|hu)\b/g, '$1 $2'],
  [/\bper cent\b/g, 'percent'],
  [/\b(\w+)'(?:s|re|ll|d|m|ve)\b/g, '$1'],
]

const spellOut = (text: string): string =>
  SPELLED.reduce((spelled, [form, words]) => spelled.replace(form, words), text.toLowerCase().replaceAll('’', "'"))

const toParts = (text: string): string[] => spellOut(text).match(/\d+(?:\.\d+)?[a-z]*|[a-z]+/g) ?? []

const isLetter = ({ word }: SpokenWord): boolean => /^[a-z]$/.test(word) && word !== 'a' && word !== 'i'
/** "M I P" and "M.I.P." are spelled letter by letter; an I between letters is one of them. */
const isInner = ({ word }: SpokenWord): boolean => /^[a-z]$/.test(word)

function joinLetters(words: readonly SpokenWord[]): SpokenWord[] {
  const joined: SpokenWord[] = []
  for (let at = 0; at < words.length; at++) {
    let end = at
    while (end < words.length && isInner(words[end])) end++
    while (end > at && !isLetter(words[end - 1])) end--
    if (end - at < 2 || !isLetter(words[at])) joined.push(words[at])
    else {
      joined.push({
        ...words[at],
        word: words
          .slice(at, end)
          .map(({ word }) => word)
          .join(''),
      })
      at = end - 1
    }
  }
  return joined
}

const isSaid = ({ word }: SpokenWord): boolean => !HESITATIONS.has(word)

/** Words of a text that nobody gave probabilities for. */
export const toSpokenWords = (text: string): SpokenWord[] =>
  joinLetters(
    toParts(text)
      .map((word) => ({ word, probability: null }))
      .filter(isSaid),
  )

/** Words as a transcriber wrote them. */
export function fromTranscribed(words: readonly TimedWord[]): SpokenWord[] {
  // What is one word may have been written as two: "3 D", "1 x 2".
  const whole = toParts(words.map(({ text }) => text).join(' '))
  const parts = words.flatMap(({ text, probability }) => toParts(text).map((word) => ({ word, probability })))
  const mean = parts.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, parts.length)
  const same = parts.length === whole.length && parts.every(({ word }, n) => word === whole[n])
  const said = same ? parts : whole.map((word) => ({ word, probability: mean }))
  return joinLetters(said.filter(isSaid))
}
