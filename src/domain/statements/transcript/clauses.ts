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
import type { Part } from './nounPhrases.ts'
import { type Token, toSentences } from './tokens.ts'
import { findTriggers } from './triggers.ts'
import { isVerb } from './words.ts'

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

const PRONOUN = /^(it|they|this|these|that|which|both|all|neither|none)$/
const ALONE =
  /^(no longer|not (seen|present|visible|identified|excluded|there)|unchanged|stable|resolved|gone|cleared|cannot be|can't be|none (on|in|at)|now (resolved|gone|cleared|absent)|since (resolved|cleared)|has (resolved|cleared|gone|grown|increased|decreased)|have (resolved|cleared|increased|decreased)|not on the)\b|^(no|nope|none|yes|negative)$/

/** "It has cleared.", "No longer seen.": a sentence without a subject of its own goes on with the one before. */
function joinSubjectless(tokens: readonly Token[], vocabulary: Vocabulary): Token[] {
  const joined = new Set<number>()
  for (const { start, end } of toSentences(tokens).slice(1)) {
    if (findMentions(vocabulary, tokens, { start, end }).length > 0) continue
    const words = tokens.slice(start, end).map(({ word }) => word)
    const refers = PRONOUN.test(words[0]) && isVerb(words[1] ?? '')
    if (refers || ALONE.test(words.slice(0, 4).join(' '))) joined.add(start - 1)
  }
  return tokens.map((token, at) => (joined.has(at) ? { ...token, breaks: 'comma' } : token))
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
