import type { Status } from '../statement.ts'
import type { Effect } from './assertion/rule.ts'
import type { FindingMention } from './mentions.ts'
import { toDistance } from './scope.ts'
import type { Token } from './tokens.ts'
import type { Trigger } from './triggers.ts'

const MODAL = /^(may|might|could|possibly|probably|perhaps|likely|maybe|versus|vs|borderline|questionabl[ey])$/
/** "The heart has returned to normal size". */
const BACK = /^(return(ed|s)|back|reverted|normali[sz]ed|shrunk|regressed)$/
const NOT = /^(not|no|never|nor|neither|cannot|nowhere)$|n't$/
/** These deny what follows them: "coronaries free of calcification", but "nodes without necrosis, enlarged". */
const WITHOUT = /^(without|free|devoid|lacks?)$/

/** A denial or doubt inside the phrase: "the heart is not enlarged". */
function findInner(tokens: readonly Token[], { start, end, places }: FindingMention): Status | null {
  const between = tokens.slice(start, end).filter((_, n) => !places.includes(start + n))
  if (between.some(({ word }, n) => word === 'longer' && between[n - 1]?.word === 'no')) return 'resolved'
  const isBack = tokens.slice(start, end).some(({ word }) => BACK.test(word))
  const lacks = (at: number) => places.includes(at + 1) || places.includes(at + 2)
  const isLacking = tokens
    .slice(start, end)
    .some(({ word }, n) => WITHOUT.test(word) && !places.includes(start + n) && lacks(start + n))
  if (isLacking || between.some(({ word }) => NOT.test(word))) return isBack ? 'present' : 'absent'
  if (isBack) return 'resolved'
  const own = tokens.slice(start, end)
  const isAtLimit = own.some(({ word }, n) => word === 'upper' && /^limit/.test(own[n + 1]?.word ?? ''))
  const isTop = own.some(({ word }, n) => word === 'top' && places.includes(start + n))
  return isAtLimit || isTop || own.some(({ word }) => MODAL.test(word)) ? 'uncertain' : null
}

/** "No nodules elsewhere": what is denied is the rest. */
const isOfTheRest = (tokens: readonly Token[], { start, end }: FindingMention): boolean => {
  const behind = tokens.slice(end, end + 3)
  const stop = behind.findIndex((_, n) => tokens[end + n - 1].breaks !== null)
  const nearby = tokens.slice(Math.max(0, start - 4), start)
  const before = nearby.slice(nearby.findLastIndex(({ breaks }) => breaks !== null && breaks !== 'comma') + 1)
  return [...before, ...(stop < 0 ? behind : behind.slice(0, stop))].some(
    ({ word }) => word === 'elsewhere' || word === 'otherwise',
  )
}

/** Of words that stand side by side before a finding the strongest counts: "no residual", "history of recurrent". */
const STRENGTH: readonly Effect[] = ['more', 'absent', 'resolved', 'uncertain', 'present']

interface Reaching {
  readonly effect: Exclude<Effect, 'none'>
  readonly trigger: Trigger
  readonly distance: number
}

/** Leaves out what a stronger word directly before it governs. */
const dropGoverned = (reaching: readonly Reaching[]): Reaching[] =>
  reaching.filter(
    ({ trigger, effect }) =>
      trigger.direction === 'behind' ||
      !reaching.some(
        ({ trigger: other, effect: stronger }) =>
          other.direction !== 'behind' &&
          other.end <= trigger.start &&
          trigger.start - other.end <= 1 &&
          STRENGTH.indexOf(stronger) < STRENGTH.indexOf(effect),
      ),
  )

/** "Most of the effusion has resolved" leaves the rest. */
const IN_PART = /^(most|some|part|much|many|half|all)$/

const isInPart = (tokens: readonly Token[], { start }: FindingMention): boolean =>
  tokens
    .slice(Math.max(0, start - 4), start)
    .some(({ word }, n, near) => IN_PART.test(word) && (word !== 'all' || /^not$/.test(near[n - 1]?.word ?? '')))

/** "No sign of the previous effusion", but "no previous effusion". */
const isFormer = (denial: Reaching, { trigger, effect }: Reaching): boolean =>
  effect === 'resolved' && trigger.isWeak && trigger.direction === 'ahead' && trigger.start > denial.trigger.end

/**
 * What holds now: of what is told of a finding one after the other the last ("was drained and has recurred"); gone is what was
 * seen before and is not seen, or is denied "any more".
 */
function toLatest(
  tokens: readonly Token[],
  mention: FindingMention,
  first: Reaching,
  reaching: readonly Reaching[],
): Reaching['effect'] {
  const isBehind = ({ trigger }: Reaching) => trigger.start >= mention.end
  const strong = reaching.filter((one) => isBehind(one) && !one.trigger.isWeak)
  if (first.effect === 'absent') {
    const isPast = isBehind(first)
      ? reaching.some(({ effect, trigger }) => effect === 'resolved' && trigger.isWeak)
      : strong.some(({ effect }) => effect === 'resolved') || reaching.some((one) => isFormer(first, one))
    return isPast ? 'resolved' : 'absent'
  }
  if (!isBehind(first) || (first.effect !== 'resolved' && first.effect !== 'present')) return first.effect
  const told = strong.filter(({ effect }) => effect === 'resolved' || effect === 'present')
  const last = told.reduce((late, one) => (one.trigger.start > late.trigger.start ? one : late), first)
  return last.effect === 'resolved' && isInPart(tokens, mention) ? 'present' : last.effect
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
  const reaching = triggers.flatMap((trigger): Reaching[] => {
    const { effect } = trigger
    if (effect === 'none') return []
    const distance = toDistance(tokens, mention, trigger, { mentions, triggers })
    return distance === null ? [] : [{ effect, trigger, distance }]
  })
  const [first] = dropGoverned(reaching).sort(
    (a, b) => Number(a.trigger.isWeak) - Number(b.trigger.isWeak) || a.distance - b.distance,
  )
  const nearest = first && toLatest(tokens, mention, first, reaching)
  if (nearest === 'more' || (nearest === 'absent' && isOfTheRest(tokens, mention))) return null
  const status = inner ?? nearest ?? 'present'
  return mention.isDenial && inner !== 'resolved' ? CONTRARY[status] : status
}
