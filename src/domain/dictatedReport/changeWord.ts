import { toNumberWord } from '../voice/spokenNumbers.ts'
import type { ReportSentence } from './reportEntry.ts'

/* One word of a report for another, as it is asked for by voice: "change left to right". */

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whole words alone; of a sentence the first one. */
const toWord = (text: string, flags = 'i'): RegExp =>
  new RegExp(`(?<![\\w.])${escapeRegExp(text)}(?![\\w]|\\.\\d)`, flags)

export const hasWord = (text: string, word: string): boolean => toWord(word).test(text)

/** The text with the first such word replaced; a capital stays one. */
export const changeWord = (text: string, from: string, to: string): string =>
  text.replace(toWord(from), (found) => (/^[A-Z]/.test(found) ? to.charAt(0).toUpperCase() + to.slice(1) : to))

/**
 * What was said with another word, a number in words or in digits as it was written down; null where the word is not said, or more than
 * once, so that nobody knows which one is meant.
 */
export function changeSaid(text: string, from: string, to: string): string | null {
  const ways = [from, toNumberWord(from)].filter((way) => way !== null)
  const [only, ...more] = ways.flatMap((way) => text.match(toWord(way, 'gi')) ?? [])
  return only === undefined || more.length > 0 ? null : changeWord(text, only, to)
}

/** The sentence that is meant by a word of it: the one said last that has it, else the last of the report. */
export function findSentenceWith(
  sentences: readonly ReportSentence[],
  utteranceIds: readonly string[],
  word: string,
): ReportSentence | null {
  const having = sentences.filter(({ text }) => hasWord(text, word))
  const toOrder = ({ origin }: ReportSentence) => (origin.by === 'said' ? utteranceIds.indexOf(origin.utteranceId) : -1)
  return having.toSorted((a, b) => toOrder(a) - toOrder(b)).at(-1) ?? null
}
