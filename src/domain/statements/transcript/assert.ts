import type { Status } from '../statement.ts'
import type { FindingMention } from './mentions.ts'
import type { Token } from './tokens.ts'
import type { Trigger } from './triggers.ts'

/** Words that end what a trigger before or behind them is about. */
const ENDS = new Set('but however although though except yet whereas while otherwise'.split(' '))
/** What is said to be there begins so, behind a comma or "and": a denial before it goes no further. */
const OPENS =
  /^(a|an|mild|mildly|moderate|moderately|severe|severely|small|large|tiny|minimal|trace|stable|unchanged|increased|increasing|decreased|new|there|is|are|was|were|has|have|patchy|multiple|several|scattered|few|some|extensive|diffuse|dense|bilateral|persistent|known|again|the|this|these|one|two|three|four|five|six|seven|eight|nine|ten|\d.*)$/
/** Between the findings of one list stands no verb and no preposition. */
const BREAKS_LIST = /^(is|are|was|were|has|have|with|in|on|at|measur.*|shows?|seen|noted|there)$/
const VERBS = new Set(['is', 'are', 'was', 'were', 'appears', 'appear'])
const MODAL = /^(may|might|could|possibly|probably|perhaps|likely|maybe)$/
const NOT = /^(not|no|never|nor|cannot)$|n't$/

/** Whether what was denied ends between two places: at a "but", or at a list that goes on with something that is there. */
function isEnded(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (ENDS.has(tokens[at].word)) return true
    const opensList = tokens[at].breaks === 'comma' || tokens[at].word === 'and' || tokens[at].word === 'with'
    if (opensList && at + 1 < to + 1 && OPENS.test(tokens[at + 1]?.word ?? '')) return true
  }
  return false
}

const isList = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).every(({ word }) => !BREAKS_LIST.test(word) && !ENDS.has(word))

/** A trigger behind a finding is about the one before it, and about those that are listed with that one. */
function isBehindList(
  tokens: readonly Token[],
  mention: FindingMention,
  trigger: Trigger,
  mentions: readonly FindingMention[],
): boolean {
  const between = mentions.filter(({ start, end }) => start >= mention.end && end <= trigger.start)
  const first = between[0]
  return first === undefined || isList(tokens, mention.end, first.start)
}

/** How many tokens a trigger is away from a mention that it is about; null where it is not about it. */
function toDistance(
  tokens: readonly Token[],
  mention: FindingMention,
  trigger: Trigger,
  mentions: readonly FindingMention[],
): number | null {
  if (trigger.end <= mention.start && trigger.direction !== 'behind') {
    const distance = mention.start - trigger.end
    // "No effusion heart is enlarged", where no comma was heard.
    const hasOwnVerb =
      mention.places.length > 1 && tokens.slice(mention.start, mention.end).some(({ word }) => VERBS.has(word))
    if (distance > trigger.reach || (hasOwnVerb && trigger.effect === 'absent' && distance > 0)) return null
    return isEnded(tokens, trigger.end, mention.start) ? null : distance
  }
  if (trigger.start >= mention.end && trigger.direction !== 'ahead') {
    const distance = trigger.start - mention.end
    const isParted = tokens.slice(mention.end, trigger.start).some(({ word }) => ENDS.has(word))
    if (distance > trigger.reach || isParted) return null
    return isBehindList(tokens, mention, trigger, mentions) ? distance : null
  }
  return null
}

/** A denial or doubt inside the phrase: "the heart is not enlarged". */
function findInner(tokens: readonly Token[], { start, end, places }: FindingMention): Status | null {
  const between = tokens.slice(start, end).filter((_, n) => !places.includes(start + n))
  if (between.some(({ word }, n) => word === 'longer' && between[n - 1]?.word === 'no')) return 'resolved'
  if (between.some(({ word }) => NOT.test(word))) return 'absent'
  return between.some(({ word }) => MODAL.test(word)) ? 'uncertain' : null
}

/** "No nodules elsewhere": what is denied is the rest. */
const isOfTheRest = (tokens: readonly Token[], { start, end }: FindingMention): boolean => {
  const behind = tokens.slice(end, end + 3)
  const stop = behind.findIndex((_, n) => tokens[end + n - 1].breaks !== null)
  const before = tokens.slice(Math.max(0, start - 4), start)
  return [...before, ...(stop < 0 ? behind : behind.slice(0, stop))].some(
    ({ word }) => word === 'elsewhere' || word === 'otherwise',
  )
}

const CONTRARY: Readonly<Record<Status, Status>> = {
  present: 'absent',
  absent: 'present',
  uncertain: 'uncertain',
  resolved: 'present',
}

/**
 * Status of a finding by the words around it; null where they say nothing of it ("no other nodules"). The nearest trigger
 * counts. One without any is present: what is spelled out with no denying word near it is never absent.
 */
export function assertStatus(
  tokens: readonly Token[],
  mention: FindingMention,
  triggers: readonly Trigger[],
  mentions: readonly FindingMention[],
): Status | null {
  const inner = findInner(tokens, mention)
  const reaching = triggers.flatMap((trigger) => {
    const { effect } = trigger
    if (effect === 'none') return []
    const distance = toDistance(tokens, mention, trigger, mentions)
    return distance === null ? [] : [{ effect, distance, rank: Number(trigger.isWeak) }]
  })
  const nearest = reaching.sort((a, b) => a.rank - b.rank || a.distance - b.distance)[0]?.effect
  if (nearest === 'more' || (nearest === 'absent' && isOfTheRest(tokens, mention))) return null
  const status = inner ?? nearest ?? 'present'
  return mention.isDenial ? CONTRARY[status] : status
}
