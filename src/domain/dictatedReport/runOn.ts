import { cutClauses } from '../statements/transcript/clauses.ts'
import { findCorrections } from '../statements/transcript/corrections.ts'
import { findMentions } from '../statements/transcript/mentions.ts'
import { isAnatomy } from '../statements/transcript/organs.ts'
import { isHeadingEnd, type Sentence, type Token, toHeardWords, tokenize } from '../statements/transcript/tokens.ts'
import { isLinking, isOpening, isPredicate, isReporting, isVerb } from '../statements/transcript/words.ts'
import { OBSERVATION_WORDS } from './observations.ts'
import { toSection } from './reportSections.ts'

/*
 * Speech that is written down with commas or with nothing at all between its statements: where a sentence of a report begins. The
 * readers' own rules (statements/transcript/clauses.ts) cut where nothing stands between; a comma is no bound to them, since what is
 * denied before it may be denied behind it.
 */

/** A single word that takes back ("strike") may be part of what is told. */
const LEAST_WORDS_BACK = 2
/** Of what is told of the thing before the comma: "a nodule, which is calcified", "the largest measures 5 mm". */
const GOES_ON =
  /^(which|that|who|whose|where|when|while|whereas|because|since|as|if|although|though|with|without|it|they|this|these|those|its|their|them|most|some|both|all|each|none|one|two|three|likely|probably|possibly|presumably|largest|larger|biggest|smallest|smaller|latter|former|other|others|size|diameter|or|nor|not|measuring|consistent|compatible|suspicious|suggesting|in|on|at|of|from|to|by|for|than)$/
/** What it says holds on behind a comma: "no nodule, mass or effusion", "suspicious for metastasis, lymphangitis". */
const SHARED =
  /^(no|not|none|without|nor|neither|denies|negative|absence|absent|free|possible|possibly|probable|probably|likely|suspicious|suspected|suggest\w*|consistent|compatible|concerning|may|might|could|versus|vs|differential|exclude\w*|rule|cannot|question\w*|either)$/
/** "The largest measures 5 mm", "the nodule that is": of what stands before. */
const BACK =
  /^(which|that|who|whose|they|largest|larger|biggest|smallest|smaller|latter|former|other|others|size|diameter|rest|remainder)$/
/** How far behind a comma the verb of a new sentence may stand. */
const REACH = 9

const toText = (tokens: readonly Token[]): string => tokens.map(({ word }) => word).join(' ')

const namesObservation = (tokens: readonly Token[], start: number, end: number): boolean =>
  findMentions(OBSERVATION_WORDS, tokens, { start, end }).length > 0

/** "The heart is enlarged": a subject of its own, and what is said of it. */
function hasOwnVerb(tokens: readonly Token[], start: number, end: number): boolean {
  const words = tokens.slice(start, Math.min(end, start + REACH)).map(({ word }) => word)
  const verb = words.findIndex(isVerb)
  const subject = words.slice(0, verb)
  if (verb <= 0 || GOES_ON.test(subject[0]) || subject.some((word) => BACK.test(word))) return false
  if (/^(the|there)$/.test(subject[0]) || subject.some(isAnatomy)) return true
  return toSection(subject.join(' '), []) !== null || namesObservation(tokens, start, start + verb)
}

/**
 * "…, mild cardiomegaly, …": words without a verb that name another organ, where nothing said before the comma reaches behind it; or that
 * open as what is denied in a list never does.
 */
function isOnItsOwn(tokens: readonly Token[], { start, end }: Sentence, at: number, until: number): boolean {
  const words = tokens.slice(at, until).map(({ word }) => word)
  if ((isLinking(words[0]) && words[0] !== 'the') || GOES_ON.test(words[0])) return false
  if (tokens.slice(at, end).some(({ word }) => /^n?or$/.test(word))) return false
  const opens = (isOpening(words[0]) && !/^\d/.test(words[0])) || /^(left|right)$/.test(words[0])
  // "No adenopathy, emphysema of the left upper lobe": of what is denied nobody tells where it lies.
  const isPlaced = words.slice(1, -1).some((word) => /^(in|of|at|on)$/.test(word))
  if ((opens || isPlaced) && namesObservation(tokens, at, until)) return true
  if (tokens.slice(start, at).some(({ word }) => SHARED.test(word))) return false
  const [own, other] = [toSection(toText(tokens.slice(start, at)), []), toSection(words.join(' '), [])]
  return own !== null && other !== null && own !== other
}

/** Whether something is told before a token: "the heart, aorta and vessels are normal" is of one sentence. */
const isTold = (tokens: readonly Token[], start: number, end: number): boolean =>
  tokens.slice(start, end).some(({ word }) => isVerb(word) || isPredicate(word)) || namesObservation(tokens, start, end)

/** Whether a sentence of another organ begins with the "and" at `at`: "the lungs are clear and the heart is enlarged". */
function beginsWithAnd(tokens: readonly Token[], { start, end }: Sentence, at: number): boolean {
  if (!/^(and|but)$/.test(tokens[at].word) || at + 2 >= end) return false
  const comma = tokens.findIndex(({ breaks }, n) => n > at && breaks !== null)
  const until = Math.min(end, at + 1 + REACH, comma < 0 ? end : comma + 1)
  const words = tokens.slice(at + 1, until).map(({ word }) => word)
  const isShared = tokens.slice(start, at).some(({ word }) => SHARED.test(word)) && !/^(the|there|no)$/.test(words[0])
  const isWhole = words[0] === 'no' ? words.some(isVerb) : hasOwnVerb(tokens, at + 1, until)
  const [own, other] = [toSection(toText(tokens.slice(start, at)), []), toSection(words.join(' '), [])]
  return isWhole && !isShared && other !== null && own !== other && isTold(tokens, start, at)
}

/** Whether a sentence begins behind the comma before `at`, in a clause that the rules leave whole. */
function beginsBehindComma(tokens: readonly Token[], clause: Sentence, at: number): boolean {
  const { start, end } = clause
  if (tokens[at - 1].breaks !== 'comma' || !isTold(tokens, start, at)) return false
  const comma = tokens.findIndex(({ breaks }, n) => n >= at && n < end && breaks === 'comma')
  const until = comma < 0 ? end : comma + 1
  const from = /^(and|but)$/.test(tokens[at].word) ? at + 1 : at
  const [first, second] = tokens.slice(from, until)
  if (!first || !second) return false
  if (first.word === 'no') return !/^(longer|change|other|more|further)$/.test(second.word)
  if (/^(i|we)$/.test(first.word)) return true
  return hasOwnVerb(tokens, from, until) || isOnItsOwn(tokens, clause, from, until)
}

/** "I see", "which is": no sentence ends with it. */
const isOpen = (word: string): boolean => isVerb(word) || isLinking(word) || (isReporting(word) && word !== 'note')

/** Tokens at which a sentence begins, of those that a stop before them does not begin. */
function findStarts(tokens: readonly Token[]): ReadonlySet<number> {
  const starts = new Set<number>()
  for (const { kind, start, end } of findCorrections(tokens))
    if (kind === 'taken-back' && end - start >= LEAST_WORDS_BACK) starts.add(start)
  let start = 0
  for (let at = 1; at < tokens.length; at++) {
    const { breaks } = tokens[at - 1]
    if (breaks === 'sentence') start = at
    const next = tokens.findIndex((token, n) => n >= at && (token.breaks === 'sentence' || token.breaks === 'clause'))
    const clause = { start, end: next < 0 ? tokens.length : next + 1 }
    // "I see | a nodule"; "…, thickened | there, no nodule".
    if ((breaks === null || breaks === 'clause') && isOpen(tokens[at - 1].word)) continue
    // "Impression: | small nodule" is headed, and read so.
    if (tokens[at].breaks !== null || isHeadingEnd(tokens[at - 1])) continue
    // "The thyroid gland holds | a nodule" is told of the gland.
    const isOrgan = toSection(toText(tokens.slice(start, at)), []) !== null
    const isCut = breaks === 'clause' && !isVerb(tokens[at].word) && (!isOrgan || isTold(tokens, start, at))
    if (isCut || beginsBehindComma(tokens, clause, at) || beginsWithAnd(tokens, clause, at)) starts.add(at)
    if (starts.has(at)) start = at
  }
  return starts
}

/**
 * Where in the words of one sentence the next one begins, though no stop was said, and where what was said is taken back: indices
 * into the words, ascending, never 0.
 */
export function findSentenceStarts(words: readonly string[]): number[] {
  const tokens = cutClauses(tokenize(toHeardWords(words.join(' '))), OBSERVATION_WORDS)
  const starts = findStarts(tokens)
  const found: number[] = []
  let from = 0
  tokens.forEach((token, at) => {
    if (token.isRest) return
    // Tokens leave out what is no word, and have spoken punctuation behind their text.
    const place = words.findIndex((word, n) => n >= from && token.text.startsWith(word))
    if (place < 0) return
    if (place > 0 && starts.has(at)) found.push(place)
    from = place + 1
  })
  return found
}
