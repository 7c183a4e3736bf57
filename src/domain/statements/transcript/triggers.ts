import { DENIALS } from './assertion/denials.ts'
import { DOUBT } from './assertion/doubt.ts'
import { PAST } from './assertion/past.ts'
import { PERSISTING } from './assertion/persisting.ts'
import { PSEUDO } from './assertion/pseudo.ts'
import type { Rule } from './assertion/rule.ts'
import type { FindingMention } from './mentions.ts'
import { indexPhrases, matchPhrase } from './phrases.ts'
import type { Sentence, Token } from './tokens.ts'

/** A rule's words at their place in the text. */
export interface Trigger extends Omit<Rule, 'phrase'> {
  readonly start: number
  readonly end: number
}

/** What a `~` must not leave out: it would turn the phrase round. */
const BARRIER =
  /^(no|not|never|nearly|almost|hardly|barely|scarcely|partially|partly|incompletely|largely|mostly|neither|nor|cannot|but|there|after|when|until)$|n't$/

/**
 * Assertion rules in the manner of NegEx (Chapman et al. 2001, J Biomed Inform 34:301) and ConText (Harkema et al. 2009,
 * J Biomed Inform 42:839): phrases with a direction and a reach; the longest phrase at a place is the one that counts, so
 * "has not resolved" is neither "not" nor "resolved".
 */
const rulesOf = indexPhrases<Rule>([...PERSISTING, ...PSEUDO, ...PAST, ...DOUBT, ...DENIALS])

/** The rule of most words that begins at each place, of equal ones the widest, from left to right; its words belong to no other. */
export function findTriggers(
  tokens: readonly Token[],
  { start, end }: Sentence,
  mentions: readonly FindingMention[],
): Trigger[] {
  const taken = new Set(mentions.flatMap(({ places }) => places))
  const triggers: Trigger[] = []
  for (let at = start; at < end; at++) {
    const fits = rulesOf(tokens[at].word).flatMap((rule) => {
      const places = matchPhrase(rule.phrase, tokens, at, end)
      return places && !leavesOutBarrier(tokens, places, taken) && (!rule.isClosing || isLast(tokens, places, end))
        ? [{ rule, end: places[places.length - 1] + 1, words: places.length }]
        : []
    })
    if (fits.length === 0) continue
    const most = Math.max(...fits.map(({ words }) => words))
    const widest = Math.max(...fits.filter(({ words }) => words === most).map((fit) => fit.end))
    const longest = fits.filter(({ words, end: behind }) => words === most && behind === widest)
    for (const { rule, end: behind } of longest) {
      const { phrase: _, ...what } = rule
      triggers.push({ ...what, start: at, end: behind })
    }
    at = Math.max(...longest.map((fit) => fit.end)) - 1
  }
  return triggers
}

const leavesOutBarrier = (tokens: readonly Token[], places: readonly number[], taken: ReadonlySet<number>): boolean =>
  tokens
    .slice(places[0], places[places.length - 1])
    .some(({ word }, n) => !places.includes(places[0] + n) && (BARRIER.test(word) || taken.has(places[0] + n)))

const isLast = (tokens: readonly Token[], places: readonly number[], end: number): boolean => {
  const last = places[places.length - 1]
  return last === end - 1 || tokens[last].breaks !== null || tokens[last + 1]?.word === 'but'
}
