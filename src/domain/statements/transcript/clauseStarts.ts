import { isFirst, isSide, type Part, PLACE_WORD, toPhraseStart } from './nounPhrases.ts'
import { isAnatomy } from './organs.ts'
import type { Token } from './tokens.ts'
import { isLinking, isModifier, isOpening, isPredicate, isReporting, isVerb } from './words.ts'

/* Where clauses begin that no stop parts from what stands before. */

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
const PLACE_NOUN = /^(lobes?|lungs?|bases?|apex|apices|zones?|hemithorax|sides?|segments?|lingula|hil(um|a))$/
/** What a report turns to next: "no effusion heart normal upper abdomen gallstones". */
const HEADING =
  /^(abdomen|bones|kidneys|spleen|liver|adrenals|pancreas|gallbladder|heart|lungs|pleura|mediastinum|airways|esophagus|oesophagus|thyroid|impression|findings|conclusion|comparison|technique|indication)$/

/** "There were three nodules, there are now five". */
const isCounted = ({ tokens, mentions }: Part, at: number): boolean =>
  tokens[at].word === 'there' && tokens[at + 2]?.word === 'now' && !mentions.some(({ start }) => start > at)

/** Where a clause that begins with "there is" or "I see" begins, with the "and" before it; null where it is part of another. */
export function findExistential(part: Part, at: number): number | null {
  const { tokens, start, end, mentions, triggers } = part
  const [word, next] = [tokens[at].word, tokens[at + 1]?.word ?? '']
  const opens =
    (word === 'there' &&
      (isVerb(next) || isOpening(next) || /^(no|possible|probable|likely|questionable|also|still|now)$/.test(next))) ||
    (/^(i|we)$/.test(word) && /^(see|note|find|do|don't|also|cannot|can't|suspect|think|favor|favour)$/.test(next)) ||
    (word === 'note' && /^(is|of)$/.test(next))
  if (!opens || at + 1 >= end || isFirst(tokens, at, start) || isCounted(part, at)) return null
  // "Septal thickening I cannot see"
  if (/^(i|we)$/.test(word) && !mentions.some((one) => one.start > at)) return null
  const before = tokens[at - 1].word
  if (SUBORDINATING.test(before) || isVerb(before)) return null
  const own = tokens.slice(start, at)
  if (own.some((one) => EXCEPTING.test(one.word))) return null
  const isSaid =
    own.some((one) => isVerb(one.word)) ||
    mentions.some((one) => one.start >= start && one.end <= at) ||
    triggers.some((one) => one.start >= start && one.end <= at)
  if (!isSaid) return null
  if (/^(and|but)$/.test(before)) return isFirst(tokens, at - 1, start) ? null : at - 1
  return before === 'or' ? null : at
}

/** "… no effusion": a denial of its own, behind a noun or what was said of one. */
export function isNewDenial({ tokens, start, end, triggers, mentions }: Part, at: number): boolean {
  const { word } = tokens[at]
  const next = tokens[at + 1]?.word
  if (isFirst(tokens, at, start) || at + 1 >= end || next === undefined) return false
  if (word !== 'no' && !(word === 'neither' && mentions.some((one) => one.start > at))) return false
  if (word === 'no' && NO_MORE.test(next) && !triggers.some((one) => one.start === at && one.effect === 'more'))
    return false
  return tokens[at].breaks === null && !BEFORE_DENIAL.test(tokens[at - 1].word)
}

/** The first word of a history that is told behind something else: "cardiomegaly history of effusion". */
export const isHistory = ({ tokens, start }: Part, at: number): boolean =>
  tokens[at].word === 'history' &&
  tokens[at + 1]?.word === 'of' &&
  !isFirst(tokens, at, start) &&
  !isLinking(tokens[at - 1].word) &&
  !isModifier(tokens[at - 1].word) &&
  !/^(past|medical)$/.test(tokens[at - 1].word)

/** "Nodule mass or consolidation": bare nouns are one list where its last two are joined by "or". */
function closesList({ tokens, mentions, triggers, end }: Part, n: number): boolean {
  for (let k = n; k + 1 < mentions.length; k++) {
    const isShared = mentions[k + 1].start < mentions[k].end
    const [from, to] = isShared ? [mentions[k].start, mentions[k + 1].start] : [mentions[k].end, mentions[k + 1].start]
    const gap = tokens.slice(from, to).map(({ word }) => word)
    if (isShared && !gap.includes('or') && !gap.includes('nor')) continue
    if (gap.some(isVerb) || gap.some(isOpening)) return false
    if (gap.includes('or') || gap.includes('nor')) return true
    if (gap.includes('and')) {
      const isHistoryList = triggers.some(
        ({ effect, direction, end: to }) => effect === 'resolved' && direction === 'ahead' && to <= mentions[n].start,
      )
      if (isHistoryList) return true
      const behind = tokens.slice(mentions[k + 1].end, Math.min(end, mentions[k + 1].end + 3))
      return behind.some(({ word }) => isVerb(word) || word === 'absent' || word === 'resolved')
    }
    if (!gap.every(isModifier)) return false
  }
  return false
}

/** Findings that packs have no name for. */
const UNNAMED =
  /^(pneumothora|pneumonia|pneumomediast|cavit|h(a)?emorrhag|(o)?edema|fractur|emboli|thromb|dissect|aneurysm|stenos|erosion|cyst|abscess|pneumonitis|infarct|tumou?r)/

/** "No consolidation pneumothorax effusion": what stands between two findings is one, too, and nothing more is said of the last. */
const isBareList = ({ tokens, mentions, end }: Part, n: number, gap: readonly Token[]): boolean =>
  gap.length > 0 &&
  gap.every(({ word }) => UNNAMED.test(word)) &&
  (mentions[n + 1].end >= end || tokens[mentions[n + 1].end - 1].breaks !== null)

/** Where two findings stand side by side with nothing that joins them, the place between; null where something does. */
export function findJuxtaposed(part: Part, n: number): number | null {
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
  if (isBareList(part, n, gap) || isInDouble(part, at)) return null
  const isCompound =
    at === one.end &&
    next.start === at &&
    (/(ar|al|ic|ous|ive)$/.test(tokens[one.end - 1].word) || one.findingId === next.findingId)
  return isCompound || (at === one.end && closesList(part, n)) ? null : at
}

/** "Within the spleen an infiltrate": so far only where something lies. */
const isInPlace = ({ tokens, start, mentions }: Part, at: number): boolean =>
  /^(in|within|at|on|behind|above|below|along)$/.test(tokens[start].word) &&
  !tokens.slice(start, at).some(({ word }) => isVerb(word)) &&
  !mentions.some((one) => one.start < at)

/** "Neither a nodule a mass nor an infiltrate". */
function isInDouble({ tokens, start, end }: Part, at: number): boolean {
  const has = (from: number, to: number, what: string) => tokens.slice(from, to).some(({ word }) => word === what)
  return has(start, at, 'neither') && has(at, end, 'nor')
}

/** "No pneumothorax small effusion": a noun phrase that opens behind a noun. */
export function isOpenedPhrase(part: Part, at: number): boolean {
  const { tokens, start, end, mentions, triggers } = part
  if (isFirst(tokens, at, start) || !isOpening(tokens[at].word)) return false
  const isPostposed = isSide(tokens[at].word) && mentions.some((one) => one.end === at)
  if (isPostposed && mentions.some((one) => PLACE_WORD.test(tokens[one.end]?.word ?? '') && one.start > at))
    return false
  const { word } = tokens[at - 1]
  if (isInDouble(part, at) || isInPlace(part, at)) return false
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
export function findSecondSubject({ tokens, start, end }: Part, at: number): number | null {
  if (!isVerb(tokens[at].word) || tokens[at - 1].breaks !== null) return null
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
export function isWholeBehindComma(part: Part, at: number): boolean {
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
export const isNewSubject = ({ tokens, start, mentions, triggers }: Part, at: number): boolean =>
  /^(the|this|these|those|his|her)$/.test(tokens[at].word) &&
  !isFirst(tokens, at, start) &&
  !triggers.some((one) => one.start < at && one.end > at) &&
  (mentions.some(({ end }) => end === at) ||
    (PLACE_WORD.test(tokens[at - 1].word) && !/^(both|either)$/.test(tokens[at - 1].word)) ||
    (isPredicate(tokens[at - 1].word) &&
      tokens.slice(Math.max(start, at - 4), at - 1).some(({ word }) => isVerb(word))))

export const isHeading = ({ tokens, start, end, mentions }: Part, at: number): boolean => {
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
export function findOrganSubject({ tokens, start, mentions }: Part, at: number): number | null {
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
export const isElliptic = ({ tokens, start, mentions }: Part, at: number): boolean =>
  (!isFirst(tokens, at, start) &&
    tokens[at].word === 'on' &&
    tokens[at + 1]?.word === 'the' &&
    isSide(tokens[at + 2]?.word ?? '') &&
    tokens[at + 2].breaks === null &&
    /^(neither|none|nothing|no|not)$/.test(tokens[at + 3]?.word ?? '')) ||
  (!isFirst(tokens, at, start) &&
    /^(none|not|nothing|trace|small|large|moderate|mild|tiny|minimal|larger|smaller|more|less)$/.test(
      tokens[at].word,
    ) &&
    /^(on|in|at|to)$/.test(tokens[at + 1]?.word ?? '') &&
    tokens.slice(at + 2, at + 4).some(({ word }) => word === 'left' || word === 'right') &&
    (PLACE_WORD.test(tokens[at - 1].word) || mentions.some(({ end }) => end === at)))
