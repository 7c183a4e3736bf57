import { type FindingMention, findMentions, type Vocabulary } from './mentions.ts'
import { isAnatomy } from './organs.ts'
import { type Sentence, type Token, toSentences } from './tokens.ts'
import { findTriggers, type Trigger } from './triggers.ts'
import { isLinking, isModifier, isOpening, isPredicate, isReporting, isVerb } from './words.ts'

/*
 * Speech is written down with few or no stops: "no effusion heart is enlarged small hiatal hernia". Here a sentence is cut where
 * the next statement begins, by closed classes of words alone.
 */

/** Behind these the words go on with what stands before. */
const SUBORDINATING =
  /^(that|if|whether|which|where|because|since|as|than|say|says|think|believe|nor|neither|so|unless|until|actually)$/
/** "Apart from a bleb there is no emphysema" is one clause. */
const EXCEPTING = /^(apart|aside|except|besides|other|otherwise)$/
const BEFORE_DENIAL =
  /^(is|are|was|were|has|have|had|shows?|showed|showing|demonstrates?|demonstrating|reveals?|there|and|but|or|with|of|in|by|see|sees|find|contains?|a|the|to|so|actually|wait|sorry|still|again|now|otherwise|also|essentially|practically|virtually|almost|likely|probably|elsewhere|impression|had|noted|if)$/
/** Behind these "no" denies no finding that follows. */
const NO_MORE =
  /^(longer|change|changes|changed|larger|smaller|bigger|worse|better|different|wait|sorry|actually|make|i|more|interval|significant|doubt|question|further|others|not|scratch|strike|correction)$/
const PLACE_WORD =
  /^(left|right|upper|middle|lower|mid|lobes?|lungs?|bases?|apex|apices|zones?|hemithorax|sides?|segments?|lingula|axillae?|hil(um|a)|fissure|both|either)$/
const PLACE_NOUN = /^(lobes?|lungs?|bases?|apex|apices|zones?|hemithorax|sides?|segments?|lingula|hil(um|a))$/
/** What a report turns to next: "no effusion heart normal upper abdomen gallstones". */
const HEADING =
  /^(abdomen|bones|kidneys|spleen|liver|adrenals|pancreas|gallbladder|heart|lungs|pleura|mediastinum|airways|esophagus|oesophagus|thyroid|impression|findings|conclusion|comparison|technique|indication)$/
const BEFORE_PLACE = /^(the|on|in|at|of|to|from|within|both|involving|throughout|near)$/

interface Part extends Sentence {
  readonly tokens: readonly Token[]
  readonly mentions: readonly FindingMention[]
  readonly triggers: readonly Trigger[]
}

const isFirst = (tokens: readonly Token[], at: number, start: number): boolean =>
  at <= start || tokens[at - 1].breaks !== null

/** Where a clause that begins with "there is" or "I see" begins, with the "and" before it; null where it is part of another. */
function findExistential({ tokens, start, end, mentions }: Part, at: number): number | null {
  const [word, next] = [tokens[at].word, tokens[at + 1]?.word ?? '']
  const opens =
    (word === 'there' && (isVerb(next) || isOpening(next) || next === 'no')) ||
    (/^(i|we)$/.test(word) && /^(see|note|find|do|don't|also|cannot|can't|suspect|think|favor|favour)$/.test(next)) ||
    (word === 'note' && /^(is|of)$/.test(next))
  if (!opens || at + 1 >= end || isFirst(tokens, at, start)) return null
  const before = tokens[at - 1].word
  if (SUBORDINATING.test(before) || isVerb(before)) return null
  const own = tokens.slice(start, at)
  if (own.some((one) => EXCEPTING.test(one.word))) return null
  if (!own.some((one) => isVerb(one.word)) && !mentions.some((one) => one.start >= start && one.end <= at)) return null
  if (/^(and|but)$/.test(before)) return isFirst(tokens, at - 1, start) ? null : at - 1
  return before === 'or' ? null : at
}

/** "… no effusion": a denial of its own, behind a noun or what was said of one. */
function isNewDenial({ tokens, start, end, triggers }: Part, at: number): boolean {
  const { word } = tokens[at]
  const next = tokens[at + 1]?.word
  if (isFirst(tokens, at, start) || at + 1 >= end || next === undefined) return false
  if (word !== 'no' && word !== 'neither') return false
  if (word === 'no' && NO_MORE.test(next) && !triggers.some((one) => one.start === at && one.effect === 'more'))
    return false
  return tokens[at].breaks === null && !BEFORE_DENIAL.test(tokens[at - 1].word)
}

/** The first word of a history that is told behind something else: "cardiomegaly history of effusion". */
const isHistory = ({ tokens, start }: Part, at: number): boolean =>
  tokens[at].word === 'history' &&
  tokens[at + 1]?.word === 'of' &&
  !isFirst(tokens, at, start) &&
  !isLinking(tokens[at - 1].word) &&
  !isModifier(tokens[at - 1].word) &&
  !/^(past|medical)$/.test(tokens[at - 1].word)

/** Where the words of a place that end before `end` begin: "right lower lobe". */
function toPlaceStart(tokens: readonly Token[], end: number, from: number): number {
  let at = end
  while (at > from && PLACE_WORD.test(tokens[at - 1].word) && tokens[at - 1].breaks === null) at--
  return at
}

const isPlural = (word: string): boolean => /^(sides|lungs|bases|apices|lobes|zones|segments)$/.test(word)

/** Where the noun phrase of a finding begins, no further back than `from`. */
function toPhraseStart({ tokens, triggers }: Part, mention: FindingMention, from: number): number {
  let at = mention.start
  let isGoverned = false
  while (at > from && tokens[at - 1].breaks === null) {
    const before = triggers.find((one) => one.direction === 'ahead' && one.start >= from && one.end === at)
    if (before) {
      at = before.start
      isGoverned = true
      continue
    }
    const { word } = tokens[at - 1]
    const previous = tokens[at - 2]?.word ?? ''
    if (isLinking(word) || isVerb(word)) break
    if (at - 1 > from && isVerb(previous) && isPredicate(word)) break
    if (at - 1 === from && isPredicate(word) && !isOpening(word)) break
    if (isOpening(tokens[at].word) && !isOpening(word) && !/ly$/.test(word)) break
    const place = toPlaceStart(tokens, at, from)
    if (place < at && (isOpening(tokens[at].word) || isGoverned || isPlural(tokens[at - 1].word))) break
    if (place < at) {
      if (place > from && BEFORE_PLACE.test(tokens[place - 1].word)) break
      at = place
    } else if (isModifier(word)) at--
    else break
  }
  return at
}

/** "Nodule mass or consolidation": bare nouns are one list where its last two are joined by "or". */
function closesList({ tokens, mentions, end }: Part, n: number): boolean {
  for (let k = n; k + 1 < mentions.length; k++) {
    const gap = tokens.slice(mentions[k].end, mentions[k + 1].start).map(({ word }) => word)
    if (gap.some(isVerb) || gap.some(isOpening)) return false
    if (gap.includes('or') || gap.includes('nor')) return true
    if (gap.includes('and')) {
      const behind = tokens.slice(mentions[k + 1].end, Math.min(end, mentions[k + 1].end + 3))
      return behind.some(({ word }) => isVerb(word) || word === 'absent' || word === 'resolved')
    }
    if (!gap.every(isModifier)) return false
  }
  return false
}

/** Where two findings stand side by side with nothing that joins them, the place between; null where something does. */
function findJuxtaposed(part: Part, n: number): number | null {
  const { tokens, mentions } = part
  const [one, next] = [mentions[n], mentions[n + 1]]
  if (next.start < one.end || closesList(part, n + 1)) return null
  const at = toPhraseStart(part, next, one.end)
  const gap = tokens.slice(one.end, at)
  if (tokens.slice(one.end - 1, at).some(({ breaks }) => breaks !== null)) return null
  if (gap.some(({ word }) => word === 'or' || word === 'nor' || word === 'versus' || word === 'vs')) return null
  const last = gap.at(-1)?.word
  if (last !== undefined && isLinking(last) && !isVerb(last)) return null
  if (last !== undefined && isVerb(last)) return null
  const isCompound =
    at === one.end &&
    next.start === at &&
    (/(ar|al|ic|ous|ive)$/.test(tokens[one.end - 1].word) || one.findingId === next.findingId)
  return isCompound || (at === one.end && closesList(part, n)) ? null : at
}

/** "No pneumothorax small effusion": a noun phrase that opens behind a noun. */
function isOpenedPhrase(part: Part, at: number): boolean {
  const { tokens, start, end, mentions, triggers } = part
  if (isFirst(tokens, at, start) || !isOpening(tokens[at].word)) return false
  const { word } = tokens[at - 1]
  if (
    isReporting(word) ||
    isLinking(word) ||
    isModifier(word) ||
    isVerb(word) ||
    triggers.some((one) => one.start < at && one.end >= at)
  )
    return false
  const next = mentions.find((one) => one.start > at)
  return (
    next !== undefined &&
    next.start < end &&
    next.start - at <= 5 &&
    tokens.slice(at, next.start).every((one) => one.breaks === null && !isLinking(one.word) && !isVerb(one.word))
  )
}

/** Where the second of two verbs has a subject of its own: "lungs are clear | heart size is normal". */
function findSecondSubject({ tokens, start, end }: Part, at: number): number | null {
  if (!isVerb(tokens[at].word)) return null
  for (let n = at - 1; n > start; n--) {
    if (
      tokens[n - 1].breaks !== null ||
      /^(which|that|who|and|but|or|nor|if|whether|there|where|as|than|it|they|this|these|both|neither|all|some)$/.test(
        tokens[n].word,
      )
    )
      return null
    if (isVerb(tokens[n].word)) return null
    if (isPredicate(tokens[n].word) && n < at - 1 && !isOpening(tokens[n - 1].word)) {
      const hasVerb = tokens
        .slice(Math.max(start, n - 4), n)
        .some(({ word, breaks }) => isVerb(word) && breaks === null)
      if (hasVerb && !isLinking(tokens[n + 1].word) && end > n + 1) return n + 1
    }
  }
  return null
}

/** A comma behind which a whole sentence follows: "No effusion, the heart is enlarged". */
function isWholeBehindComma(part: Part, at: number): boolean {
  const { tokens, end, mentions, triggers, start } = part
  if (tokens[at - 1]?.breaks !== 'comma') return false
  const next = mentions.find((one) => one.start >= at)
  if (
    !next ||
    tokens
      .slice(at, next.start)
      .some(({ word, breaks }) => breaks !== null || /^(and|or|nor|but|which|that)$/.test(word))
  )
    return false
  const isSaid =
    triggers.some((one) => one.start >= start && one.end <= at && one.effect === 'absent') ||
    tokens.slice(start, at).some(({ word }) => isVerb(word))
  if (!isSaid) return false
  for (let n = next.start; n < Math.min(end, next.end + 6); n++) {
    if (isVerb(tokens[n].word)) return true
    if (tokens[n].breaks !== null || /^(and|or|nor)$/.test(tokens[n].word)) return false
  }
  return false
}

/** "No adenopathy | the liver shows": behind a finding or what was said of it, an article begins something else. */
const isNewSubject = ({ tokens, start, mentions, triggers }: Part, at: number): boolean =>
  /^(the|this|these|those|his|her)$/.test(tokens[at].word) &&
  !isFirst(tokens, at, start) &&
  !triggers.some((one) => one.start < at && one.end > at) &&
  (mentions.some(({ end }) => end === at) ||
    PLACE_WORD.test(tokens[at - 1].word) ||
    (isPredicate(tokens[at - 1].word) &&
      tokens.slice(Math.max(start, at - 4), at - 1).some(({ word }) => isVerb(word))))

const isHeading = ({ tokens, start, end, mentions }: Part, at: number): boolean => {
  if (isFirst(tokens, at, start) || at + 1 >= end || tokens[at].breaks !== null || isLinking(tokens[at + 1].word)) {
    return false
  }
  const first = HEADING.test(tokens[at].word) || (tokens[at].word === 'upper' && tokens[at + 1].word === 'abdomen')
  const { word } = tokens[at - 1]
  const isBehind =
    mentions.some((one) => one.end === at) ||
    PLACE_NOUN.test(word) ||
    /^(normal|clear|unremarkable|stable|unchanged)$/.test(word)
  return first && isBehind && !isLinking(word)
}

/** "No lymphadenopathy | right breast shows": a verb whose subject is an organ that stands behind a finding. */
function findOrganSubject({ tokens, start, mentions }: Part, at: number): number | null {
  if (!isVerb(tokens[at].word)) return null
  let from = at
  while (from > start && tokens[from - 1].breaks === null && !isLinking(tokens[from - 1].word)) {
    if (mentions.some(({ end }) => end === from) || PLACE_NOUN.test(tokens[from - 1].word)) {
      return tokens.slice(from, at).some(({ word }) => isAnatomy(word)) ? from : null
    }
    from--
  }
  return null
}

/** "Effusion on the right none on the left": where the end of a sentence speaks of another side (tails.ts). */
const isElliptic = ({ tokens, start }: Part, at: number): boolean =>
  !isFirst(tokens, at, start) &&
  /^(none|not|nothing|trace|small|large|moderate|mild|tiny|minimal|larger|smaller|more|less)$/.test(tokens[at].word) &&
  /^(on|in|at|to)$/.test(tokens[at + 1]?.word ?? '') &&
  tokens.slice(at + 2, at + 4).some(({ word }) => word === 'left' || word === 'right') &&
  PLACE_WORD.test(tokens[at - 1].word)

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

/** The tokens with a sentence's end wherever the next statement begins. */
export function cutClauses(tokens: readonly Token[], vocabulary: Vocabulary): Token[] {
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
