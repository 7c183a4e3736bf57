import type { Status } from '../statement.ts'
import type { FindingMention } from './mentions.ts'
import type { PlaceMention } from './places.ts'
import type { Token } from './tokens.ts'

/**
 * The end of a sentence that says of another side what the beginning said of one, without naming the finding again: "effusion on
 * the right, none on the left".
 */
export interface Tail {
  readonly start: number
  readonly end: number
  readonly status: Extract<Status, 'present' | 'absent' | 'resolved'>
}

const DENIES = /^(none|not|neither|nothing|no|nor|absent|clear|free|normal)$/
const STATES =
  /^(is|are|has|have|still|persists?|remains?|new|small|large|moderate|mild|trace|also|another|one|larger|smaller|bigger|increased|decreased)$/
const PAST = /^(resolved|cleared|gone|disappeared)$/
/** "Ground glass, formerly in both lungs" tells of the same one. */
const FORMER = /^(formerly|previously|once|seen|noted|described)$/
const CUT = new Set(['but', 'while', 'whereas'])

/** Parts of a sentence between commas and "but", from `start` up to `end`. */
function toParts(tokens: readonly Token[], start: number, end: number) {
  const cuts = [start]
  for (let at = start + 1; at < end; at++) {
    if (tokens[at - 1].breaks === 'comma' || CUT.has(tokens[at].word)) cuts.push(at)
  }
  return cuts.map((from, n) => ({ start: from, end: cuts[n + 1] ?? end }))
}

function toStatus(words: readonly string[]): Tail['status'] | null {
  if (words.some((word) => DENIES.test(word))) return 'absent'
  if (words.some((word) => PAST.test(word))) return 'resolved'
  return words.some((word) => STATES.test(word)) ? 'present' : null
}

/** The tail of a sentence, or null where it has none. */
export function findTail(
  tokens: readonly Token[],
  sentence: { readonly start: number; readonly end: number },
  mentions: readonly FindingMention[],
  places: readonly PlaceMention[],
): Tail | null {
  const parts = toParts(tokens, sentence.start, sentence.end)
  const last = parts.findLastIndex((part) => mentions.some(({ start }) => start >= part.start && start < part.end))
  const rest = parts[last + 1]
  if (last < 0 || !rest || FORMER.test(tokens[rest.start].word)) return null
  const hasSide = places.some(({ start, place }) => start >= rest.start && place.side !== null && place.lobe === null)
  const status = toStatus(tokens.slice(rest.start, sentence.end).map(({ word }) => word))
  return hasSide && status !== null ? { start: rest.start, end: sentence.end, status } : null
}
