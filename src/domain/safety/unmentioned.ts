import type { FindingId } from '../findings/finding.ts'
import type { SeenFinding } from '../findings/seen.ts'
import type { Mention } from '../statements/foldStatements.ts'
import type { UnmentionedAlert } from './alert.ts'
import type { HeatPlace } from './heatPlace.ts'

/** Peaks as near as this are one place, mm: the same token or the next; those of the bundled encoder measure 30. */
const ONE_PLACE_MM = 45
/**
 * What lights up where a finding that was said lights up is often another name for it, as an opacity is for a consolidation. Which
 * findings are kinds of which no pack says. On internal phantoms 9 of 10 such findings between 30 and 80 % were not there.
 */
const WORTH_AT_SAID_PLACE = 0.7

type Mentions = ReadonlyMap<FindingId, readonly Mention[]>
type Heat = ReadonlyMap<FindingId, HeatPlace>

const isAffirmed = (mentions: Mentions, id: FindingId): boolean =>
  (mentions.get(id) ?? []).some(({ statement: { status } }) => status === 'present' || status === 'uncertain')

/** Any status counts: who denies a finding, doubts it or tells of its end has thought of it. */
const isMentioned = (mentions: Mentions, id: FindingId): boolean => (mentions.get(id) ?? []).length > 0

const isNear = (a: HeatPlace, b: HeatPlace): boolean =>
  Math.hypot(...a.peakLpsMm.map((at, axis) => at - b.peakLpsMm[axis])) <= ONE_PLACE_MM

/** Findings that the pack calls present and that nothing was said of, the most probable first. */
export const findUnmentioned = (seen: readonly SeenFinding[], mentions: Mentions): SeenFinding[] =>
  seen
    .filter(({ id, seen: called }) => called === 'present' && !isMentioned(mentions, id))
    .sort((a, b) => b.probability - a.probability)

/** The same as alerts. One whose heat has its peak where a finding that was said has it, too, is worth less. */
export function toUnmentioned(seen: readonly SeenFinding[], mentions: Mentions, heat: Heat): UnmentionedAlert[] {
  const isSaidThere = (place: HeatPlace) =>
    [...heat].some(([id, other]) => isAffirmed(mentions, id) && isNear(place, other))
  return findUnmentioned(seen, mentions).map(({ id, probability }) => {
    const place = heat.get(id) ?? null
    const worth = place && isSaidThere(place) ? WORTH_AT_SAID_PLACE * probability : probability
    return { kind: 'unmentioned', id: `unmentioned ${id}`, findingId: id, probability, heat: place, worth }
  })
}
