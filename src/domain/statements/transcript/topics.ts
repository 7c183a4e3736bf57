import { type FindingMention, findMentions, type Vocabulary } from './mentions.ts'
import { isAnatomy } from './organs.ts'
import type { Sentence, Token } from './tokens.ts'
import { isLinking, isModifier, isVerb } from './words.ts'

/* What a clause leaves out because the one before says it: its organ, or what was said of that one. */

/** Organs of the chest of which more may be said without naming them again. */
const TOPIC = /^(pericardi|coronar|lad$|arch$|cardi|bronch|node|hiatus|sept|hil(um|a)$|lung)/

const isTopic = ({ word }: Token): boolean => TOPIC.test(word) || isAnatomy(word)

/** Findings whose phrases lie partly in the tokens between `start` and `end`, partly in those lent from before or behind. */
function findLent(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  { start, end }: Sentence,
  lent: { readonly before: readonly Token[]; readonly behind: readonly Token[] },
): FindingMention[] {
  const joined = [...lent.before, ...tokens.slice(start, end), ...lent.behind].map((one) => ({ ...one, breaks: null }))
  const shift = start - lent.before.length
  return findMentions(vocabulary, joined, { start: 0, end: joined.length }).flatMap((mention): FindingMention[] => {
    const places = mention.places.map((at) => at + shift).filter((at) => at >= start && at < end)
    if (places.length === 0 || places.length === mention.places.length) return []
    return [{ ...mention, places, start: places[0], end: places[places.length - 1] + 1 }]
  })
}

const toEnd = (tokens: readonly Token[], at: number, end: number): number => {
  const stop = tokens.slice(at, end).findIndex(({ breaks }) => breaks !== null)
  return stop < 0 ? end : at + stop + 1
}

function findBehind(vocabulary: Vocabulary, tokens: readonly Token[], at: number, end: number): FindingMention[] {
  const first = tokens.slice(0, at).findLastIndex(({ breaks }) => breaks === 'sentence') + 1
  const topic = tokens.slice(first, at).findLast(isTopic)
  if (!topic) return []
  const own = { start: at + 1, end: toEnd(tokens, at + 1, end) }
  const named = findMentions(vocabulary, tokens, own).flatMap(({ places }) => places)
  const isPlain = (one: Token) =>
    (isModifier(one.word) || /^(wall|n?or)$/.test(one.word)) && !isTopic(one) && !/^pleura/.test(one.word)
  return findLent(vocabulary, tokens, own, { before: [topic], behind: [] }).filter(
    ({ start, places }) =>
      places.length === 1 && tokens.slice(at + 1, start).every((one, n) => isPlain(one) || named.includes(at + 1 + n)),
  )
}

const OPENS = /^(no|without|perhaps|maybe|possibly|probably)$/

/** "Pericardium normal, no effusion": what is denied or doubted is of the organ that the sentence speaks of. */
export const findOfTopic = (
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  { start, end }: Sentence,
): FindingMention[] =>
  tokens
    .slice(start, end)
    .flatMap(({ word, breaks }, n) =>
      OPENS.test(word) && breaks === null ? findBehind(vocabulary, tokens, start + n, end) : [],
    )

/** "Nor around the heart", "and perhaps also in the circumflex", "not of the coronaries". */
function findElsewhere(tokens: readonly Token[], { start, end }: Sentence): Sentence | null {
  for (let at = end - 2; at > start; at--) {
    if (!/^(in|of|around|about|along|within)$/.test(tokens[at].word)) continue
    let from = at - 1
    while (from > start && /^(perhaps|also|possibly|probably|likely)$/.test(tokens[from].word)) from--
    if (/^(and|n?or|not)$/.test(tokens[from].word)) return { start: at, end }
  }
  return null
}

/** What is named where a sentence ends with "neither are the coronaries", "so is the heart", "the coronaries too". */
function toEchoed(tokens: readonly Token[], { start, end }: Sentence): Sentence | null {
  const verb = tokens.slice(start, end).findIndex(({ word }, n) => {
    const next = tokens[start + n + 1]?.word ?? ''
    return n > 0 && /^(neither|nor|so|as)$/.test(word) && /^(is|are|was|were|do|does)$/.test(next)
  })
  if (verb > 0) return { start: start + verb + 2, end }
  const last = tokens[end - 1].word
  const to = /^(too|likewise)$/.test(last)
    ? end - 1
    : last === 'well' && tokens[end - 2]?.word === 'as'
      ? end - 2
      : null
  if (to === null) return findElsewhere(tokens, { start, end })
  let from = to
  while (from > start && tokens[from - 1].breaks === null && !isLinking(tokens[from - 1].word)) from--
  return { start: from, end: to }
}

export interface Echo {
  /** The rest is said of it and denied of this one: "not of the coronaries". */
  readonly isDenied: boolean
  readonly of: FindingMention
  readonly mention: FindingMention
}

/** A finding that is named by its organ alone and takes the rest from the one before: "the aorta is calcified, the coronaries too". */
export function findEcho(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  sentence: Sentence,
  mentions: readonly FindingMention[],
): Echo | null {
  const echoed = toEchoed(tokens, sentence)
  if (!echoed || tokens.slice(echoed.start, echoed.end).some(({ word }) => isVerb(word))) return null
  const of = mentions.findLast(({ end }) => end <= echoed.start)
  if (!of || mentions.some(({ end }) => end > echoed.start)) return null
  const behind = of.places.map((at) => tokens[at]).filter((one) => !isTopic(one))
  const mention = findLent(vocabulary, tokens, echoed, { before: [], behind }).find(
    ({ findingId }) => findingId !== of.findingId,
  )
  return mention ? { of, mention, isDenied: tokens[echoed.start - 1].word === 'not' } : null
}
