import type { FindingId } from '../../findings/finding.ts'
import type { Place, Span, Status } from '../statement.ts'
import { assertStatus } from './assert.ts'
import { cutClauses } from './clauses.ts'
import { type Correction, findCorrections } from './corrections.ts'
import { type FindingMention, findMentions, type Vocabulary } from './mentions.ts'
import { isOfOtherOrgan } from './organs.ts'
import { findPlaces, type PlaceMention } from './places.ts'
import { describes, joinPlaces, ownPlaces } from './placesOf.ts'
import { findSizes, type Size } from './sizes.ts'
import { findTail, type Tail } from './tails.ts'
import { type HeardWord, type Sentence, type Token, tokenize, toSentences } from './tokens.ts'
import { type Echo, findEcho, findOfTopic } from './topics.ts'
import { findTriggers } from './triggers.ts'
import { isModifier, isVerb } from './words.ts'

/** What the words of an utterance state of one finding. */
export interface TranscriptReading {
  readonly findingId: FindingId
  readonly status: Status
  readonly place: Place
  readonly sizeMm: number | null
  /** The sentence that states it, as it was heard. */
  readonly words: string
  /** Each word of that sentence is. */
  readonly isClear: boolean
  /** From the first to the last word of that sentence; null where the transcriber gives no times. */
  readonly span: Span | null
}

export interface ReadTranscript {
  readonly readings: readonly TranscriptReading[]
  /** The pack's findings that were said of other organs ("thyroid nodule"), none of which is a statement. */
  readonly elsewhere: readonly FindingId[]
}

/** Sentences that end where the speaker corrects: what comes behind is read by itself. */
function cutAtCorrections(sentences: readonly Sentence[], corrections: readonly Correction[]): Sentence[] {
  return sentences.flatMap(({ start, end }) => {
    const inside = corrections.filter((one) => one.start >= start && one.end <= end)
    const bounds = [start, ...inside.flatMap((one) => [one.start, one.end]), end]
    const pieces: Sentence[] = []
    for (let n = 0; n < bounds.length; n += 2) {
      if (bounds[n + 1] > bounds[n]) pieces.push({ start: bounds[n], end: bounds[n + 1] })
    }
    return pieces
  })
}

function toSpan(tokens: readonly Token[]): Span | null {
  const spans = tokens.flatMap(({ span }) => (span ? [span] : []))
  if (spans.length === 0) return null
  return { startSeconds: spans[0].startSeconds, endSeconds: spans[spans.length - 1].endSeconds }
}

/** Heard words as they are shown, each once however many tokens it is read as. */
const toWords = (tokens: readonly Token[]): string =>
  tokens
    .filter(({ isRest }, n) => n === 0 || !isRest)
    .map(({ text }) => text)
    .join(' ')

/** Tokens between two stretches; 0 where they touch or overlap. */
const distance = (a: Sentence, b: Sentence): number => Math.max(0, a.start - b.end, b.start - a.end)

/** The size of a finding: of those between two findings one that describes the second is that one's, else the first's. */
function sizeOf(
  tokens: readonly Token[],
  mention: FindingMention,
  sizes: readonly Size[],
  mentions: readonly FindingMention[],
): Size | null {
  const own = sizes.filter((size) => {
    const before = mentions.findLast(({ start, end }) => end <= size.start || (start <= size.start && size.end <= end))
    const after = mentions.find(({ start }) => start >= size.end)
    const owner = after && (!before || (before.end <= size.start && describes(tokens, size, after))) ? after : before
    return owner === mention || owner?.start === mention.start
  })
  return [...own].sort((a, b) => distance(mention, a) - distance(mention, b))[0] ?? null
}

/** Of another size than makes it a finding it is none: "a six millimeter lymph node". */
function withSize(status: Status, leastMm: number | null, size: Size | null): Status | null {
  if (leastMm === null || status !== 'present') return leastMm === null ? status : null
  return size !== null && size.mm >= leastMm && !size.isBelow ? 'present' : null
}

interface ReadSentence {
  readonly readings: readonly TranscriptReading[]
  readonly elsewhere: readonly FindingId[]
  readonly places: readonly PlaceMention[]
  readonly sizes: readonly Size[]
}

function readSentence(tokens: readonly Token[], sentence: Sentence, vocabulary: Vocabulary): ReadSentence {
  const { start, end } = sentence
  const all = findAll(vocabulary, tokens, sentence)
  const elsewhere = all.filter((mention) => isOfOtherOrgan(tokens, mention, all))
  const mentions = all.filter((mention) => !elsewhere.includes(mention))
  const places = findPlaces(tokens, start, end)
  const sizes = findSizes(tokens, start, end)
  const tail = findTail(tokens, sentence, all, places)
  const triggers = findTriggers(tokens, { start, end: tail?.start ?? end }, all)
  const near = places.filter((place) => tail === null || place.start < tail.start)
  const own = tokens.slice(start, end)
  const shared = { words: toWords(own), span: toSpan(own), isClear: own.every(({ isClear }) => isClear) }
  const alternatives = findAlternatives(tokens, mentions)
  const readings = mentions.flatMap((mention): TranscriptReading[] => {
    const { findingId, leastMm } = mention
    const asserted = assertStatus(tokens, mention, triggers, all)
    const size = sizeOf(tokens, mention, sizes, all)
    const sizeMm = size?.mm ?? null
    const sized = asserted && withSize(asserted, leastMm, size)
    if (sized === null) return []
    const isOpen = alternatives.has(mention) || isQuestion(own)
    const status = sized === 'present' && isOpen ? 'uncertain' : sized
    return ownPlaces(tokens, mention, near, all).map((place) => ({ findingId, status, place, sizeMm, ...shared }))
  })
  const echo = findEcho(vocabulary, tokens, sentence, mentions)
  const whole = [
    ...readings,
    ...(tail ? readTail(tail, readings, places) : []),
    ...(echo ? readEcho(echo, readings, near) : []),
  ]
  return {
    readings: dropExcepted(tokens.slice(start, end), dropRepeated(whole)),
    elsewhere: elsewhere.map(({ findingId }) => findingId),
    places,
    sizes,
  }
}

/** "Is there a nodule", "Any effusion?" */
const isQuestion = (tokens: readonly Token[]): boolean =>
  (tokens.at(-1)?.text.endsWith('?') ?? false) ||
  (/^(is|are|does|do|has|have|was|were|can|could|did)$/.test(tokens[0]?.word ?? '') &&
    /^(there|it|this|that|these|the|a|any|he|she|we|you|patient)$/.test(tokens[1]?.word ?? ''))

/** What the tail says of the findings of its sentence, each at the side that the tail names. */
function readTail(
  tail: Tail,
  readings: readonly TranscriptReading[],
  places: readonly PlaceMention[],
): TranscriptReading[] {
  const [place] = joinPlaces(places.filter(({ start }) => start >= tail.start).map((one) => one.place))
  return readings.map((reading) => ({ ...reading, status: tail.status, place, sizeMm: null }))
}

/** What was said of the one before, of the finding that is named behind it. */
const readEcho = (
  { of, mention, isDenied }: Echo,
  readings: readonly TranscriptReading[],
  places: readonly PlaceMention[],
): TranscriptReading[] => {
  const [place] = joinPlaces(places.filter(({ start }) => start >= of.end).map((one) => one.place))
  const said = readings.find(({ findingId }) => findingId === of.findingId)
  const status = isDenied ? 'absent' : said?.status
  return said && status ? [{ ...said, findingId: mention.findingId, status, place, sizeMm: null }] : []
}

/** Findings that are spelled out, those whose organ stands in the clause before in place of what their words alone would say. */
function findAll(vocabulary: Vocabulary, tokens: readonly Token[], sentence: Sentence): FindingMention[] {
  const spelled = findMentions(vocabulary, tokens, sentence)
  const ofTopic = findOfTopic(vocabulary, tokens, sentence).filter(
    ({ places: [at] }) => !spelled.some(({ places }) => places.length > 1 && places.includes(at)),
  )
  const rest = spelled.filter(({ places }) => !ofTopic.some(({ places: [at] }) => places.includes(at)))
  return [...rest, ...ofTopic].sort((a, b) => a.start - b.start)
}

/** "Apart from a bleb there is no emphysema" denies nothing of what it excepts. */
function dropExcepted(tokens: readonly Token[], readings: readonly TranscriptReading[]): TranscriptReading[] {
  const isExcepting = ({ word }: Token, n: number) =>
    /^(apart|aside|except|besides|excepting)$/.test(word) || (word === 'other' && tokens[n + 1]?.word === 'than')
  if (!tokens.some(isExcepting)) return [...readings]
  const isThere = (id: FindingId) => readings.some((one) => one.findingId === id && one.status === 'present')
  return readings.filter(({ findingId, status }) => status !== 'absent' || !isThere(findingId))
}

const isAdjective = (word: string): boolean =>
  isModifier(word) || /^(left|right|upper|lower|middle|lobe|lung|base)$/.test(word)

/** "Atelectasis or consolidation": one of the two, and nobody says which. */
function findAlternatives(tokens: readonly Token[], mentions: readonly FindingMention[]): ReadonlySet<FindingMention> {
  const isAlternative = (one: FindingMention, other: FindingMention) => {
    const gap = tokens.slice(one.end, other.start).map(({ word }) => word)
    const isBare = gap.slice(1).every((word, n) => isAdjective(word) || (n === 0 && word === 'the'))
    const isNext = !mentions.some(({ start }) => start > one.start && start < other.start)
    return gap[0] === 'or' && isNext && isBare && gap.length <= 4 && other.findingId !== one.findingId
  }
  return new Set(
    mentions.flatMap((one) =>
      mentions.filter((other) => other.start > one.end && isAlternative(one, other)).flatMap((other) => [one, other]),
    ),
  )
}

/** One statement a finding, status and place of a sentence. */
function dropRepeated(readings: readonly TranscriptReading[]): TranscriptReading[] {
  const toKey = ({ findingId, status, place }: TranscriptReading) =>
    `${findingId} ${status} ${place.side} ${place.lobe}`
  return readings.filter((one, n) => readings.findIndex((other) => toKey(other) === toKey(one)) === n)
}

/** "Emphysema is absent, sorry, present." */
const STATUS_WORDS: ReadonlyMap<string, Status> = new Map([
  ['normal', 'absent'],
  ['enlarged', 'present'],
  ['present', 'present'],
  ['absent', 'absent'],
  ['possible', 'uncertain'],
  ['resolved', 'resolved'],
])
/** "The heart is normal, actually, it is enlarged." */
const AFFIRMED =
  /^(it|they|that|this) (is|are)\b.* (enlarged|thickened|dilated|calcified|present|there|seen|visible|big|large|larger|bigger|prominent)\b/
/** "The nodes are enlarged, correction, they are not", "the heart is large, I mean, of normal size". */
const DENIED =
  /^((it|they|that|this|those|these|the \w+( \w+)?) )?((is|are|was|were|has|have|looks?|appears?) )?(not|never|no longer|((all|of|a|in|within|entirely|completely|quite) )*(normal|unremarkable|clear))\b/

/** What is said anew takes the place of what it corrects: of the same finding, else only its place or size. */
function correct(
  before: readonly TranscriptReading[],
  anew: ReadSentence,
  words: readonly Token[],
): TranscriptReading[] {
  if (anew.readings.length > 0) {
    const ids = new Set(anew.readings.map(({ findingId }) => findingId))
    const isSame = before.some(({ findingId }) => ids.has(findingId))
    return [...before.filter(({ findingId }) => (isSame ? !ids.has(findingId) : false)), ...anew.readings]
  }
  const [place] = joinPlaces(anew.places.map((one) => one.place))
  const last = before.at(-1)
  if (!last) return [...before]
  // "There is a hernia, cancel that, there is none."
  const isNone = words.some(({ word }) => /^(none|nothing|isn't|aren't)$/.test(word))
  if (isNone && anew.places.length === 0) return [...before.slice(0, -1), { ...last, status: 'absent', sizeMm: null }]
  const [only] = words
  if (words.length === 1 && STATUS_WORDS.has(only.word)) {
    return [...before.slice(0, -1), { ...last, status: STATUS_WORDS.get(only.word) ?? last.status }]
  }
  const said = words.map(({ word }) => word).join(' ')
  if (last.status === 'absent' && AFFIRMED.test(said)) return [...before.slice(0, -1), { ...last, status: 'present' }]
  if (/present|resolved/.test(last.status) && anew.places.length === 0 && DENIED.test(said))
    return [...before.slice(0, -1), { ...last, status: 'absent', sizeMm: null }]
  const moved =
    anew.places.length > 0 ? { side: place.side ?? last.place.side, lobe: place.lobe ?? last.place.lobe } : last.place
  return [...before.slice(0, -1), { ...last, place: moved, sizeMm: anew.sizes[0]?.mm ?? last.sizeMm }]
}

/**
 * Reads the statements out of the words of one utterance: sentence by sentence, each finding that the pack's phrases spell,
 * with the status that the words around it give it, its place and its size. What the speaker takes back is gone.
 */
export function readTranscript(heard: readonly HeardWord[], vocabulary: Vocabulary): ReadTranscript {
  const tokens = cutClauses(tokenize(heard), vocabulary)
  const corrections = findCorrections(tokens)
  const elsewhere: FindingId[] = []
  const read: (readonly TranscriptReading[])[] = []
  let isAnew = false
  let takenBack: readonly TranscriptReading[] = []
  for (const part of inOrder(cutAtCorrections(toSentences(tokens), corrections), corrections)) {
    if ('kind' in part) {
      isAnew = part.kind === 'said-anew'
      takenBack = read.pop() ?? []
      continue
    }
    if (isInterjection(tokens.slice(part.start, part.end))) continue
    const one = readSentence(tokens, part, vocabulary)
    elsewhere.push(...one.elsewhere)
    // "Scratch that, on the right" takes back the side alone.
    const words = tokens.slice(part.start, part.end)
    const isRest =
      (one.places.length > 0 && !words.some(({ word }) => isVerb(word))) || words.some(({ word }) => word === 'none')
    isAnew ||= takenBack.length > 0 && one.readings.length === 0 && isRest
    read.push(isAnew ? correct(takenBack, one, words) : one.readings)
    isAnew = false
    takenBack = []
  }
  return { readings: read.flat(), elsewhere }
}

/** "No," or "Oh," before "ignore that". */
const isInterjection = (tokens: readonly Token[]): boolean =>
  tokens.every(({ word }) => /^(no|oh|okay|ok|well|so|and|now|yes|right|please|hey)$/.test(word))

const inOrder = (sentences: readonly Sentence[], corrections: readonly Correction[]): (Sentence | Correction)[] =>
  [...sentences, ...corrections].sort((a, b) => a.start - b.start)
