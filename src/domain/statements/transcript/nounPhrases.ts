import type { FindingMention } from './mentions.ts'
import { isAnatomy } from './organs.ts'
import type { Sentence, Token } from './tokens.ts'
import type { Trigger } from './triggers.ts'
import { isLinking, isModifier, isOpening, isPredicate, isVerb } from './words.ts'

export const PLACE_WORD =
  /^(left|right|upper|middle|lower|mid|lobes?|lungs?|bases?|apex|apices|zones?|hemithorax|sides?|segments?|lingula|axillae?|hil(um|a)|fissure|both|either)$/
const BEFORE_PLACE = /^(the|on|in|at|of|to|from|within|both|involving|throughout|near)$/

/** A sentence with what was found in it. */
export interface Part extends Sentence {
  readonly tokens: readonly Token[]
  readonly mentions: readonly FindingMention[]
  readonly triggers: readonly Trigger[]
}

/** Whether nothing stands before a token in its part of the sentence. */
export const isFirst = (tokens: readonly Token[], at: number, start: number): boolean =>
  at <= start || tokens[at - 1].breaks !== null

/** Where the words of a place that end before `end` begin: "right lower lobe". */
function toPlaceStart(tokens: readonly Token[], end: number, from: number): number {
  let at = end
  while (at > from && PLACE_WORD.test(tokens[at - 1].word) && tokens[at - 1].breaks === null) at--
  return at
}

const UNIT = /^(mm|cm|milli.*|centi.*)$/

/** Where a size that ends before `end` begins: "two point five centimeters". */
function toSizeStart(tokens: readonly Token[], end: number, from: number): number {
  let at = end - 1
  while (
    at > from &&
    /^(\d.*|x|by|point|and|[a-z]+teen|[a-z]+ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/.test(
      tokens[at - 1].word,
    )
  )
    at--
  return at
}

/** A side as an adjective. */
export const isSide = (word: string): boolean => /^(left|right|bilateral|bilaterally)$/.test(word)
const isPlural = (word: string): boolean => /^(sides|lungs|bases|apices|lobes|zones|segments)$/.test(word)

/** Where the noun phrase of a finding begins, no further back than `from`. */
export function toPhraseStart({ tokens, triggers }: Part, mention: FindingMention, from: number): number {
  let at = mention.start
  let isGoverned = false
  while (at > from && tokens[at - 1].breaks === null) {
    const before = triggers.find((one) => one.direction.startsWith('ahead') && one.start >= from && one.end === at)
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
    // "Effusions bilateral consolidation right base": the side stands behind.
    if (at - 1 === from && isSide(word) && PLACE_WORD.test(tokens[mention.end]?.word ?? '')) break
    if (UNIT.test(word)) {
      const size = toSizeStart(tokens, at, from)
      if (size > from && /^(of|to|at|measur.*|by|than|about|approximately)$/.test(tokens[size - 1].word)) break
      at = size
      continue
    }
    const place = toPlaceStart(tokens, at, from)
    if (place < at && (isOpening(tokens[at].word) || isGoverned || isPlural(tokens[at - 1].word))) break
    if (place < at) {
      if (place > from && BEFORE_PLACE.test(tokens[place - 1].word)) break
      at = place
    } else if (isModifier(word) || (at === mention.start && isAnatomy(word))) at--
    else break
  }
  return at
}
