import type { Lobe, Place, Side } from '../statement.ts'
import type { Token } from './tokens.ts'

export interface PlaceMention {
  readonly place: Place
  /** Tokens from `start` up to `end` say it. */
  readonly start: number
  readonly end: number
  /** A preposition stands before it: "in the left lung". */
  readonly isPhrase: boolean
}

const PREPOSITION =
  /^(in|on|at|of|within|to|from|involving|throughout|near|along|affecting|toward|towards|through|over|across|into|occupying)$/

const SIDES: Readonly<Record<string, Side>> = {
  right: 'right',
  left: 'left',
  bilateral: 'bilateral',
  bilaterally: 'bilateral',
  both: 'bilateral',
  either: 'bilateral',
  biapical: 'bilateral',
  bibasilar: 'bilateral',
  bibasal: 'bilateral',
}
const LOBES: Readonly<Record<string, Lobe>> = {
  upper: 'upper',
  middle: 'middle',
  lower: 'lower',
  lingula: 'lingula',
  lingular: 'lingula',
}
/** RUL, RML, RLL, LUL, LLL as a transcriber writes the letters. */
const SHORT: Readonly<Record<string, Place>> = {
  rul: { side: 'right', lobe: 'upper' },
  rml: { side: 'right', lobe: 'middle' },
  rll: { side: 'right', lobe: 'lower' },
  lul: { side: 'left', lobe: 'upper' },
  lll: { side: 'left', lobe: 'lower' },
}
/** Between a preposition and the place. */
const IN_PHRASE =
  /^(the|a|an|posterior|anterior|lateral|medial|superior|inferior|apical|basal|segment|of|dependent|mid|whole|entire|left|right|upper|lower|middle|lobe|lobes|and|both)$/
const LOBE_NOUNS = new Set(['lobe', 'lobes', 'zone', 'zones', 'lung', 'lungs'])
const JOINS = new Set(['and', 'or', 'both'])

/** "A small consolidation is left", "no scar left behind": what remains, and no side. */
function isRemainder(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.word ?? ''
  const isLast = tokens[at].breaks !== null || at === tokens.length - 1
  const isAtEnd = isLast || tokens[at + 1].word === 'over' || tokens[at + 1].word === 'behind'
  return before === 'has' || (isAtEnd && /^(is|are|was|were|have|nothing|none|remains)$/.test(before))
}

const isSide = (tokens: readonly Token[], at: number): boolean => {
  const { word } = tokens[at]
  if (word === 'both')
    return /^(lung|side|base|apice|lobe|upper|lower|mid|pleural|hemithora|axilla|hil|effusion|ling|costo|main)/.test(
      tokens[at + 1]?.word ?? '',
    )
  if (word === 'either') return /^(lung|side|hemithorax|base|lobe|upper|lower)$/.test(tokens[at + 1]?.word ?? '')
  return word in SIDES && !(word === 'left' && isRemainder(tokens, at))
}

function lobeAt(tokens: readonly Token[], at: number): Lobe | null {
  const word = tokens[at]?.word ?? ''
  const lobe = LOBES[word] ?? null
  if (lobe === null || lobe === 'lingula') return lobe
  // "Upper and lower lobes", "upper lobe"; else "middle mediastinum", "lower thoracic spine" would be lobes.
  for (let n = at + 1; n <= at + 5; n++) {
    const next = tokens[n]?.word ?? ''
    if (LOBE_NOUNS.has(next)) return lobe
    if (!JOINS.has(next) && !(next in LOBES) && !(next in SIDES)) return null
  }
  return null
}

interface SideMention {
  readonly value: Side
  readonly at: number
}

/** "Right and left". */
const isJoined = (tokens: readonly Token[], one: number, other: number): boolean =>
  other - one === 2 && JOINS.has(tokens[one + 1].word) && tokens[one].breaks === null && tokens[one + 1].breaks === null

/** Sides and lobes that are spoken of, in the order of the text. The lingula is the left lung's, the middle lobe the right's. */
export function findPlaces(tokens: readonly Token[], start: number, end: number): PlaceMention[] {
  const found: Omit<PlaceMention, 'isPhrase'>[] = []
  let side: SideMention | null = null
  // "The right and left upper lobes": the lobe is that of both.
  let twin: SideMention | null = null
  const closeSide = () => {
    for (const one of [twin, side])
      if (one) found.push({ place: { side: one.value, lobe: null }, start: one.at, end: one.at + 1 })
    side = null
    twin = null
  }
  for (let at = start; at < end; at++) {
    const { word } = tokens[at]
    if (SHORT[word]) found.push({ place: SHORT[word], start: at, end: at + 1 })
    const lobe = lobeAt(tokens, at)
    if (lobe !== null) {
      const own: Side | null = lobe === 'lingula' ? 'left' : lobe === 'middle' ? 'right' : null
      const near = side !== null && at - side.at <= 3 ? side : null
      const last = found.at(-1)
      // "Right upper and lower lobes": the side is that of the lobe before.
      const shared = last?.place.lobe && at - last.end <= 2 ? last.place.side : null
      if (side && !near) closeSide()
      if (twin && own === null) found.push({ place: { side: twin.value, lobe }, start: twin.at, end: at + 1 })
      else if (twin) found.push({ place: { side: twin.value, lobe: null }, start: twin.at, end: twin.at + 1 })
      found.push({ place: { side: own ?? near?.value ?? shared, lobe }, start: near?.at ?? at, end: at + 1 })
      side = null
      twin = null
    } else if (isSide(tokens, at)) {
      const joined: SideMention | null = side && isJoined(tokens, side.at, at) ? side : null
      if (joined) side = null
      closeSide()
      twin = joined
      side = { value: SIDES[word], at }
    }
  }
  closeSide()
  const isPhrase = ({ start: at }: Pick<PlaceMention, 'start'>) =>
    [1, 2, 3].some(
      (n) =>
        PREPOSITION.test(tokens[at - n]?.word ?? '') &&
        tokens.slice(at - n + 1, at).every(({ word, breaks }) => breaks === null && IN_PHRASE.test(word)),
    )
  return found.map((one) => ({ ...one, isPhrase: isPhrase(one) })).sort((a, b) => a.start - b.start)
}
