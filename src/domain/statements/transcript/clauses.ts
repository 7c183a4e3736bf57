import {
  findExistential,
  findJuxtaposed,
  findOrganSubject,
  findSecondSubject,
  isElliptic,
  isHeading,
  isHistory,
  isNewDenial,
  isNewSubject,
  isOpenedPhrase,
  isWholeBehindComma,
} from './clauseStarts.ts'
import { type FindingMention, findMentions, type Vocabulary } from './mentions.ts'
import { type Part, PLACE_WORD } from './nounPhrases.ts'
import { isAnatomy } from './organs.ts'
import { type Token, toSentences } from './tokens.ts'
import { findTriggers } from './triggers.ts'
import { isPredicate, isVerb } from './words.ts'

/*
 * Speech is written down with few or no stops: "no effusion heart is enlarged small hiatal hernia". Here a sentence is cut where
 * the next statement begins, by closed classes of words alone.
 */

const isFree = (mentions: readonly FindingMention[], at: number): boolean =>
  !mentions.some(({ start, end }) => start < at && at < end)

function findCuts(part: Part): Set<number> {
  const { tokens, start, end, mentions } = part
  const cuts = new Set<number>()
  for (let at = start + 1; at < end; at++) {
    const existential = findExistential(part, at)
    if (existential !== null) cuts.add(existential)
    if (isNewDenial(part, at)) cuts.add(at)
    if (!isFree(mentions, at)) continue
    if (isHistory(part, at) || isOpenedPhrase(part, at) || isWholeBehindComma(part, at)) cuts.add(at)
    if (isNewSubject(part, at) || isHeading(part, at)) cuts.add(at)
    const subject = findSecondSubject(part, at) ?? findOrganSubject(part, at)
    if (subject !== null && isFree(mentions, subject)) cuts.add(subject)
  }
  mentions.slice(1).forEach((_, n) => {
    const at = findJuxtaposed(part, n)
    if (at !== null && isFree(mentions, at) && tokens[at - 1].breaks === null) cuts.add(at)
  })
  return cuts
}

/** "Heart. Enlarged.": a heading of one or two words, of which the next sentence tells. */
function isHeaded(tokens: readonly Token[], start: number): boolean {
  const from = tokens.slice(0, start - 1).findLastIndex(({ breaks }) => breaks === 'sentence') + 1
  const heading = tokens.slice(from, start)
  const isNamed = heading.some(({ word }) => isAnatomy(word) || /^(node|pericardi|coronar|bronch|sept)/.test(word))
  return (
    heading.length <= 2 && isNamed && isPredicate(tokens[start].word) && !heading.some(({ word }) => isPredicate(word))
  )
}

const PRONOUN = /^(it|they|this|these|that|which|both|all|neither|none)$/
const ALONE =
  /^(no longer|not (seen|present|visible|identified|excluded|there)|unchanged|stable|resolved|gone|cleared|cannot be|can't be|none (on|in|at)|now (resolved|gone|cleared|absent)|since (resolved|cleared)|has (resolved|cleared|gone|grown|increased|decreased)|have (resolved|cleared|increased|decreased)|not on the)\b|^(no|nope|none|yes|negative)$/

/** What no sentence ends with. */
const OPEN_END = /^(of|the|a|an|and|or|with|without)$/
/** "Small bilateral. Pleural effusions.", but "Pleural effusions, small. Heart enlarged." */
const OPEN_ADJECTIVE = /^(small|large|mild|moderate|severe|bilateral|acute|focal)$/

/** "No mass. Nodule. Or infiltrate." */
const isBeforeOr = (tokens: readonly Token[], start: number): boolean => {
  const stop = tokens.slice(start, start + 3).findIndex(({ breaks }) => breaks === 'sentence')
  return stop >= 0 && /^n?or$/.test(tokens[start + stop + 1]?.word ?? '')
}

/** "Interval resolution. Of the left. Effusion.": a transcriber's stop within a phrase. */
function isFragment(tokens: readonly Token[], start: number, vocabulary: Vocabulary): boolean {
  if (/^(of|n?or)$/.test(tokens[start].word)) return true
  if (isBeforeOr(tokens, start)) return true
  const from = tokens.slice(0, start - 1).findLastIndex(({ breaks }) => breaks === 'sentence') + 1
  const previous = tokens.slice(from, start).map(({ word }) => word)
  if (previous.length < 2) return false
  if (previous.at(-1) === 'no') return /^(is|are|shows?|has|have|with|see|and)$/.test(previous.at(-2) ?? '')
  const last = previous[previous.length - 1]
  if (OPEN_END.test(last) || (previous[0] === 'of' && PLACE_WORD.test(last))) return true
  return OPEN_ADJECTIVE.test(last) && findMentions(vocabulary, tokens, { start: from, end: start }).length === 0
}

/** "It has cleared.", "No longer seen.": a sentence without a subject of its own goes on with the one before. */
function joinSubjectless(tokens: readonly Token[], vocabulary: Vocabulary): Token[] {
  const joined = new Map<number, Token['breaks']>()
  for (const { start, end } of toSentences(tokens).slice(1)) {
    if (isFragment(tokens, start, vocabulary)) joined.set(start - 1, null)
    if (findMentions(vocabulary, tokens, { start, end }).length > 0) continue
    const words = tokens.slice(start, end).map(({ word }) => word)
    if (isHeaded(tokens, start)) joined.set(start - 1, null)
    const refers = PRONOUN.test(words[0]) && isVerb(words[1] ?? '')
    if (refers || ALONE.test(words.slice(0, 4).join(' '))) joined.set(start - 1, 'comma')
  }
  return tokens.map((token, at) => {
    const breaks = joined.get(at)
    return breaks === undefined ? token : { ...token, breaks }
  })
}

/** The tokens with a sentence's end wherever the next statement begins. */
export function cutClauses(heard: readonly Token[], vocabulary: Vocabulary): Token[] {
  const tokens = joinSubjectless(heard, vocabulary)
  const cuts = new Set<number>()
  const commas = new Set<number>()
  for (const sentence of toSentences(tokens)) {
    const mentions = findMentions(vocabulary, tokens, sentence).sort((a, b) => a.start - b.start || a.end - b.end)
    const triggers = findTriggers(tokens, sentence, mentions)
    const part = { ...sentence, tokens, mentions, triggers }
    for (const at of findCuts(part)) if (at > sentence.start) cuts.add(at)
    for (let at = sentence.start; at < sentence.end; at++) if (isElliptic(part, at)) commas.add(at)
  }
  return tokens.map((token, at) => {
    if (token.breaks === 'sentence') return token
    if (cuts.has(at + 1)) return { ...token, breaks: 'clause' }
    return commas.has(at + 1) ? { ...token, breaks: 'comma' } : token
  })
}
