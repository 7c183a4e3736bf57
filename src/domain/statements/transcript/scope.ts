import type { FindingMention } from './mentions.ts'
import type { Token } from './tokens.ts'
import type { Trigger } from './triggers.ts'
import { isLinking, isModifier, isOpening, isVerb } from './words.ts'

/** All findings and triggers of the sentence. */
interface Surroundings {
  readonly mentions: readonly FindingMention[]
  readonly triggers: readonly Trigger[]
}

/** Words that end what a trigger before or behind them is about. */
const ENDS = new Set('but however although though except yet whereas while otherwise'.split(' '))
/** Behind "but" these go on with the subject before it: "was looked for but was not found". */
const GOES_ON =
  /^(is|are|was|were|has|have|had|not|now|no|isn't|aren't|wasn't|weren't|hasn't|haven't|cannot|can't|could|couldn't|may|might|appears|seems|unlikely|possible|resolved|gone)$/
/** Between the findings of one list stands no verb and no preposition. */
const BREAKS_LIST = /^(is|are|was|were|has|have|with|in|on|at|measur.*|shows?|seen|noted|there)$/
const VERBS = new Set(['is', 'are', 'was', 'were', 'appears', 'appear'])
/** "Effusion remains after the tube was removed": what follows has a subject of its own. */
const SUBORDINATES = /^(after|when|because|since|following|until)$/
const DOUBLE = /^(neither|nor|none)$/

/** A list goes on behind "or" and "nor" whatever follows; behind a comma, "and" or "with" where no new statement opens. */
function isEnded(tokens: readonly Token[], from: number, mention: FindingMention): boolean {
  const to = mention.start
  for (let at = from; at < to; at++) {
    const { word, breaks } = tokens[at]
    if (ENDS.has(word)) return true
    const next = tokens[at + 1]?.word ?? ''
    const opensList = breaks === 'comma' || word === 'and' || word === 'with'
    if (!opensList || at + 1 > to) continue
    const isThe = /^(the|this|these|those)$/.test(next)
    if (opensStatement(next) || (isThe && (breaks === 'comma' || hasVerb(tokens, mention)))) return true
  }
  return false
}

/** "And the heart is enlarged" is said anew, "and the consolidation" goes on. */
const hasVerb = (tokens: readonly Token[], { start, end }: FindingMention): boolean =>
  tokens.slice(start, end + 1).some(({ word }) => isVerb(word))

const opensStatement = (word: string): boolean => isOpening(word) || isVerb(word) || /^(there|again)$/.test(word)

const isList = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).every(({ word }) => !BREAKS_LIST.test(word) && !ENDS.has(word))

/** A trigger behind a finding is about the one before it, and about those that are listed with that one. */
function isBehindList(
  tokens: readonly Token[],
  mention: FindingMention,
  trigger: Trigger,
  { mentions, triggers }: Surroundings,
): boolean {
  const between = mentions
    .filter(({ start, end }) => start >= mention.end && end <= trigger.start)
    .sort((a, b) => a.start - b.start)
  return between.every((next, n) => {
    const from = n === 0 ? mention.end : between[n - 1].end
    // "Hernia unchanged, effusion resolved": each has its own.
    const hasOwn = triggers.some((one) => one.direction !== 'ahead' && one.start >= from && one.end <= next.start)
    return isList(tokens, from, next.start) && !hasOwn
  })
}

/** Whether "but" between a finding and what is said of it begins something else. */
function isParted(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(from, to).some(({ word }, n) => {
    const next = tokens[from + n + 1]?.word ?? ''
    if (ENDS.has(word)) return !GOES_ON.test(next)
    return SUBORDINATES.test(word) && /^(the|a|an|his|her|its|this|having|being)$/.test(next)
  })
}

/** "Effusion small, the pneumothorax has resolved": what is said behind a comma has a subject of its own. */
function hasOwnSubject(tokens: readonly Token[], from: number, to: number): boolean {
  const comma = tokens.slice(from - 1, to).findLastIndex(({ breaks }) => breaks === 'comma')
  if (comma < 0) return false
  const subject = tokens.slice(from + comma, to)
  return (
    /^(the|a|an)$/.test(subject[0]?.word ?? '') &&
    subject.slice(1).some(({ word }) => !isLinking(word) && !isModifier(word))
  )
}

/** What is said of a thing that is there. */
const SAID =
  /^(measur.*|mm|cm|millimet.*|centimet.*|unchanged|stable|larger|smaller|present|persist.*|remain.*|increas.*|decreas.*|resolved|improved|worsened)$/

/** "No cavitation, hilar nodes of 12 mm": behind a comma, something with a size or a change of its own is not denied. */
function isSaidOf(tokens: readonly Token[], trigger: Trigger, mention: FindingMention): boolean {
  const between = tokens.slice(trigger.end, mention.start)
  if (!between.some(({ breaks }) => breaks === 'comma') || between.some(({ word }) => word === 'or' || word === 'nor'))
    return false
  for (let at = mention.end; at < tokens.length && at < mention.end + 4; at++) {
    if (tokens[at - 1].breaks !== null || tokens[at].word === 'or' || tokens[at].word === 'and') return false
    if (SAID.test(tokens[at].word)) return true
    if (tokens[at].word === 'but') return /^(no|not|without)$/.test(tokens[at + 1]?.word ?? '')
  }
  return false
}

/** "Septal thickening possible, effusion definite": what stands behind a finding at the end of its part is about that one. */
const isPostposed = (tokens: readonly Token[], trigger: Trigger, mentions: readonly FindingMention[]): boolean =>
  tokens[trigger.end - 1].breaks !== null && mentions.some(({ end }) => end === trigger.start)

function isAhead(
  tokens: readonly Token[],
  mention: FindingMention,
  trigger: Trigger,
  { mentions }: Surroundings,
): number | null {
  if (isPostposed(tokens, trigger, mentions)) return null
  const distance = mention.start - trigger.end
  // "No effusion heart is enlarged", where no comma was heard.
  const hasOwnVerb =
    mention.places.length > 1 && tokens.slice(mention.start, mention.end).some(({ word }) => VERBS.has(word))
  const isDouble = DOUBLE.test(tokens[trigger.start].word)
  if (distance > trigger.reach || (hasOwnVerb && !isDouble && trigger.effect === 'absent' && distance > 0)) return null
  const hasComma = tokens.slice(trigger.end - 1, mention.start).some(({ breaks }) => breaks !== null)
  // "No effusion, heart normal": what is denied is no normal heart.
  if (trigger.effect === 'absent' && mention.isDenial && (hasComma || distance > 1)) return null
  if (trigger.effect === 'absent' && !isDouble && isSaidOf(tokens, trigger, mention)) return null
  return isEnded(tokens, trigger.end, mention) ? null : distance
}

/** "Opacities, atelectasis versus consolidation": what is weighed is what stands behind the comma. */
const isApart = (
  tokens: readonly Token[],
  { end }: FindingMention,
  trigger: Trigger,
  { mentions }: Surroundings,
): boolean =>
  mentions.some((other) => other.start >= end && other.end <= trigger.start) &&
  tokens.slice(end - 1, trigger.start).some(({ breaks }) => breaks === 'comma')

function isBehind(
  tokens: readonly Token[],
  mention: FindingMention,
  trigger: Trigger,
  around: Surroundings,
): number | null {
  const distance = trigger.start - mention.end
  if (distance > trigger.reach || isParted(tokens, mention.end, trigger.start)) return null
  if (hasOwnSubject(tokens, mention.end, trigger.start)) return null
  if (trigger.direction === 'around' && isApart(tokens, mention, trigger, around)) return null
  return isBehindList(tokens, mention, trigger, around) ? distance : null
}

/** Of a trigger that may look both ways, the way it looks. */
function looksBehind(
  tokens: readonly Token[],
  mention: FindingMention,
  trigger: Trigger,
  mentions: readonly FindingMention[],
): boolean {
  const isBefore = mentions.some(({ end }) => end <= trigger.start && !isParted(tokens, end, trigger.start))
  const next = mentions.find(({ start }) => start >= trigger.end)
  const isAfter = next !== undefined && next.findingId !== mention.findingId
  return trigger.direction === 'ahead-first' ? isBefore && !isAfter : isBefore
}

/** How many tokens a trigger is away from a mention that it is about; null where it is not about it. */
export function toDistance(
  tokens: readonly Token[],
  mention: FindingMention,
  trigger: Trigger,
  around: Surroundings,
): number | null {
  const { direction } = trigger
  const isEither = direction === 'both' || direction === 'ahead-first'
  const behind =
    direction === 'behind' ||
    direction === 'around' ||
    (isEither && looksBehind(tokens, mention, trigger, around.mentions))
  const ahead = direction === 'ahead' || direction === 'around' || (isEither && !behind)
  if (trigger.end <= mention.start) return ahead ? isAhead(tokens, mention, trigger, around) : null
  return trigger.start >= mention.end && behind ? isBehind(tokens, mention, trigger, around) : null
}
