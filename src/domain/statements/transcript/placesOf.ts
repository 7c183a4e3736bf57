import { NO_PLACE, type Place, type Side } from '../statement.ts'
import type { FindingMention } from './mentions.ts'
import type { PlaceMention } from './places.ts'
import type { Token } from './tokens.ts'
import { isLinking, isOpening, isVerb } from './words.ts'

const JOINS = /^(and|or|nor|plus|with)$/

/** Whether nothing but adjectives stands between a place or size and the finding behind it: "left basal atelectasis". */
export const describes = (
  tokens: readonly Token[],
  place: { readonly start: number; readonly end: number },
  { start }: FindingMention,
): boolean =>
  tokens[place.end - 1].breaks === null &&
  tokens.slice(place.end, start).every(({ word, breaks }) => breaks === null && !isLinking(word) && !isVerb(word))

/** "In the left lung, a nodule": the place that a sentence begins with, parted by a comma from what lies there. */
const isLeading = (place: PlaceMention, mentions: readonly FindingMention[]): boolean =>
  mentions.every(({ start }) => start >= place.end)

/** The finding that a place is of: one that spells it, the one behind it that it describes, else the one before it. */
function findOwner(
  tokens: readonly Token[],
  place: PlaceMention,
  mentions: readonly FindingMention[],
): FindingMention | undefined {
  const inside = mentions.findLast(({ start, end }) => start <= place.start && place.end <= end)
  if (inside) return inside
  const before = mentions.findLast(({ start, end }) => end <= place.start || (start < place.start && end < place.end))
  const after = mentions.find(({ start }) => start >= place.start)
  if (!after || !before) return after ?? before
  return isLeading(place, mentions) || (!place.isPhrase && describes(tokens, place, after)) ? after : before
}

/** Whether two findings are one list, of which a place behind the last tells of both: "consolidation and ground glass in the left lung". */
function isListed(tokens: readonly Token[], one: FindingMention, next: FindingMention): boolean {
  if (next.start < one.end) return true
  const gap = tokens.slice(one.end, next.start)
  const first = gap.findIndex(({ word }) => !JOINS.test(word))
  const opens = first >= 0 && isOpening(gap[first].word)
  return (
    gap.some(({ word }) => JOINS.test(word)) &&
    tokens[one.end - 1].breaks === null &&
    gap.every(({ word, breaks }) => breaks === null && !isVerb(word) && (JOINS.test(word) || !isLinking(word))) &&
    !opens
  )
}

/**
 * The places of a finding, and those of the last one of its list where it has none of its own; sides that are compared stay apart
 * ("left effusion larger than right").
 */
export function ownPlaces(
  tokens: readonly Token[],
  mention: FindingMention,
  places: readonly PlaceMention[],
  mentions: readonly FindingMention[],
): Place[] {
  const own = findOwn(tokens, mention, places, mentions)
  const isCompared = own.some(({ start }) =>
    tokens.slice(Math.max(0, start - 3), start).some(({ word }) => word === 'than'),
  )
  const joined = own.map(({ place }) => place)
  return isCompared && joined.every(({ side }) => side !== 'bilateral') ? joined : joinPlaces(joined)
}

function findOwn(
  tokens: readonly Token[],
  mention: FindingMention,
  places: readonly PlaceMention[],
  mentions: readonly FindingMention[],
): PlaceMention[] {
  const sorted = [...mentions].sort((a, b) => a.start - b.start || a.end - b.end)
  const owned = (one: FindingMention) =>
    places.filter((place) => {
      const owner = findOwner(tokens, place, sorted)
      return owner === one || owner?.start === one.start
    })
  let own = owned(mention)
  for (let n = sorted.indexOf(mention); own.length === 0 && n + 1 < sorted.length; n++) {
    if (!isListed(tokens, sorted[n], sorted[n + 1])) break
    own = owned(sorted[n + 1]).filter(({ start }) => start >= sorted[n + 1].start)
  }
  return own
}

/** "Left and right" is both sides; a side beside lobes that have theirs says nothing more. */
export function joinPlaces(places: readonly Place[]): Place[] {
  const lobes = places.filter(({ lobe }) => lobe !== null)
  const sides = new Set<Side>(places.flatMap(({ side }) => (side === null ? [] : [side])))
  if (lobes.length > 0) {
    const [only] = sides
    return lobes.map((place) => (place.side === null && sides.size === 1 ? { ...place, side: only } : place))
  }
  if (sides.size === 0) return [NO_PLACE]
  return [{ side: sides.size === 1 ? [...sides][0] : 'bilateral', lobe: null }]
}
