import type { FindingId } from '../../findings/finding.ts'
import { indexPhrases, matchPhrase, type Phrase, parsePhrase } from './phrases.ts'
import type { Token } from './tokens.ts'

/** How a finding is spoken of, as its pack says. */
export interface SpokenFinding {
  readonly id: FindingId
  readonly label: string
  readonly synonyms: readonly string[]
  /**
   * Phrases that affirm it, such that deny it ("normal heart size"), and such that only sound like it ("cystic fibrosis").
   * Absent: label and synonyms affirm it.
   */
  readonly spoken?: {
    readonly affirms: readonly string[]
    readonly denies?: readonly string[]
    readonly ignores?: readonly string[]
  }
}

/** A finding at its place in the text. */
export interface FindingMention {
  readonly findingId: FindingId
  /** Tokens that spell it. */
  readonly places: readonly number[]
  readonly start: number
  readonly end: number
  /** The phrase itself denies it. */
  readonly isDenial: boolean
  /** It is one only from this diameter on, mm; null where any size is one. */
  readonly leastMm: number | null
}

interface Term {
  readonly findingId: FindingId
  /** It only sounds like the finding. */
  readonly isIgnored: boolean
  readonly phrase: Phrase
  readonly isDenial: boolean
  readonly leastMm: number | null
}

/** All phrases of a pack, parsed once, by the word that they begin with. */
export type Vocabulary = (word: string) => readonly Term[]

const LEAST_SIZE = /\s*>=\s*(\d+(?:\.\d+)?)\s*mm$/
/** Of a label: where the finding lies is often left out or said otherwise ("right lower lobe opacity"). */
const PLACE_WORD = /^(lung|pulmonary) /i

/** How a label is spoken: without its place word, a place that stands behind a comma also before ("Nodule, right upper lobe"). */
function toSpoken(label: string): string[] {
  const [name, ...rest] = label
    .replace(PLACE_WORD, '')
    .toLowerCase()
    .split(/\s*,\s*/)
  const words = [name, ...rest]
    .join(' ')
    .replace(/[^a-z0-9 '-]/g, ' ')
    .replace(/-/g, ' ')
    .trim()
  return rest.length === 0 ? [words] : [words, [...rest, name].join(' ')]
}

const toTerm = (findingId: FindingId, text: string, isDenial: boolean, isIgnored = false): Term => ({
  findingId,
  isIgnored,
  phrase: parsePhrase(text.replace(LEAST_SIZE, '').trim()),
  isDenial,
  leastMm: LEAST_SIZE.exec(text) ? Number(LEAST_SIZE.exec(text)?.[1]) : null,
})

/** The phrases of a pack's findings. */
export const toVocabulary = (findings: readonly SpokenFinding[]): Vocabulary =>
  indexPhrases(
    findings.flatMap(({ id, label, synonyms, spoken }) => {
      const affirms = spoken?.affirms ?? [label, ...synonyms].flatMap(toSpoken)
      return [
        ...affirms.map((text) => toTerm(id, text, false)),
        ...(spoken?.denies ?? []).map((text) => toTerm(id, text, true)),
        ...(spoken?.ignores ?? []).map((text) => toTerm(id, text, false, true)),
      ]
    }),
  )

interface Found extends FindingMention {
  readonly isIgnored: boolean
}

const shares = (a: Found, b: Found): boolean => a.places.some((place) => b.places.includes(place))

/** Whether something else is listed between the words of a phrase. */
const isListed = ({ start, end, places }: Found, tokens: readonly Token[]): boolean =>
  tokens
    .slice(start, end)
    .some(({ word, breaks }, n) => !places.includes(start + n) && (/^(and|n?or)$/.test(word) || breaks !== null))

/** "Pericardial effusion" is no "effusion" besides; "pleural and pericardial effusion" are two. */
const isPartOf = (a: Found, b: Found, tokens: readonly Token[]): boolean =>
  a.places.length < b.places.length &&
  (!b.isIgnored || a.findingId === b.findingId) &&
  (a.findingId === b.findingId || !isListed(b, tokens)) &&
  a.places.every((place) => b.places.includes(place))

/** Of two phrases of one finding that share a word the tighter one is meant, of equal ones the first. */
function isLooser(a: Found, b: Found, tokens: readonly Token[]): boolean {
  if (a.findingId !== b.findingId || !shares(a, b) || isPartOf(b, a, tokens)) return false
  if ((a.leastMm === null) !== (b.leastMm === null)) return a.leastMm !== null
  const [own, other] = [a, b].map(({ start, end, places }) => [end - start - places.length, -places.length, start])
  const differing = own.findIndex((value, n) => value !== other[n])
  return differing >= 0 && own[differing] > other[differing]
}

/** "Calcified coronary arteries" are no calcified arteries besides: the words of one finding lie inside those of another. */
function isAround(a: Found, b: Found, tokens: readonly Token[]): boolean {
  if (a.findingId === b.findingId || b.isIgnored || !shares(a, b)) return false
  const own = b.places.filter((place) => !a.places.includes(place))
  const inside =
    a.places.length <= b.places.length && own.length > 0 && own.every((place) => place > a.start && place < a.end)
  const rest = a.places.filter((place) => !b.places.includes(place))
  const isInside = a.places.length < b.places.length && rest.every((place) => place > b.start && place < b.end)
  return !isListed(a, tokens) && (inside || (isInside && !isListed(b, tokens)))
}

/** "Effusion on the right there is no pleural fluid": no phrase goes on behind "there is". */
const goesOn = (tokens: readonly Token[], places: readonly number[]): boolean =>
  tokens.slice(places[0], places[places.length - 1]).some(({ word }) => word === 'there')

const toKey = ({ findingId, isIgnored, places }: Found): string => `${findingId} ${isIgnored} ${places.join()}`

/** Findings that are spelled out between two tokens, in the order of the text, the longest phrase for each word. */
export function findMentions(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  { start, end }: { readonly start: number; readonly end: number },
): FindingMention[] {
  const found: Found[] = []
  for (let at = start; at < end; at++) {
    for (const { phrase, ...term } of vocabulary(tokens[at].word)) {
      const places = matchPhrase(phrase, tokens, at, end)
      if (places && !goesOn(tokens, places))
        found.push({ ...term, places, start: at, end: places[places.length - 1] + 1 })
    }
  }
  const distinct = [...new Map(found.toReversed().map((one) => [toKey(one), one])).values()].toReversed()
  const near = distinct.map((one) => distinct.filter(({ start: from, end: to }) => from < one.end && to > one.start))
  return distinct
    .filter(
      (one, n) =>
        !near[n].some(
          (other) => isPartOf(one, other, tokens) || isLooser(one, other, tokens) || isAround(one, other, tokens),
        ),
    )
    .flatMap(({ isIgnored, ...one }) => (isIgnored ? [] : [one]))
}
