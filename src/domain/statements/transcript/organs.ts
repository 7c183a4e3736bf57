import type { FindingMention } from './mentions.ts'
import { OTHER_ORGANS } from './organWords.ts'
import { isHeadingEnd, type Token } from './tokens.ts'

/** Organs that a sentence may go on to. */
const SUBJECTS = /^(heart|trachea|esophag|oesophag|aorta|airways?$|mediastin|pleura$|bronchi$|lungs$)/

/** What takes a phrase back to the chest, though an organ stands near: "effusion above the liver". */
const CHEST =
  /^(lung|pulmon|pleura|pericard|lob|lingul|hil|mediastin|bronch|coronar|aort|heart|cardi|chest|thorac|hemithora|apic|apex|bas(e|al|ilar)|costophren|tracheo|carin|diaphragm|hiat|sliding|paraesoph|paraoesoph|parenchym|fissure)/
/** Words that only tell where something lies of something else. */
const BESIDE = new Set(
  'above below over under overlying underlying adjacent near beneath beside toward towards abutting'.split(' '),
)

const REACH = 8

const ORGANS_BY_LETTER = new Map<string, string[]>()
for (const organ of OTHER_ORGANS) {
  ORGANS_BY_LETTER.set(organ[0], [...(ORGANS_BY_LETTER.get(organ[0]) ?? []), organ])
}

const isOther = (word: string): boolean =>
  (ORGANS_BY_LETTER.get(word[0]) ?? []).some((organ) => `${word} `.startsWith(organ) || `${organ.trimEnd()}s` === word)

/** "L3", "t twelve". */
const isVertebra = (tokens: readonly Token[], at: number): boolean =>
  /^[ctls]$/.test(tokens[at].word) && NUMBER.test(tokens[at + 1]?.word ?? '') && tokens[at].breaks === null

const NUMBER = /^(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/

/** Whether a word names an organ, of the chest or not. */
export const isAnatomy = (word: string): boolean => isOther(word) || SUBJECTS.test(word)

interface NearToken {
  readonly word: string
  readonly isChest: boolean
  readonly isOther: boolean
}

/** Tokens nearer than any comma, sentence or other finding, on one side of a mention; the nearest first. */
function nearTokens(
  tokens: readonly Token[],
  mention: FindingMention,
  step: 1 | -1,
  others: readonly FindingMention[],
) {
  const near: NearToken[] = []
  for (let n = 0; n < REACH; n++) {
    const at = step === 1 ? mention.end + n : mention.start - 1 - n
    const token = tokens[at]
    const isBroken = step === 1 ? tokens[at - 1]?.breaks : token?.breaks
    if (!token || isBroken || others.some(({ places }) => places.includes(at))) break
    near.push({
      word: token.word,
      isChest: CHEST.test(token.word) && !isOrganLobe(tokens, at),
      isOther: isOther(token.word) || isVertebra(tokens, at),
    })
  }
  return near
}

/** "The left lobe of the thyroid", "right hepatic lobe": the lobe of another organ is none of the chest's. */
const isOrganLobe = (tokens: readonly Token[], at: number): boolean =>
  tokens[at].word.startsWith('lob') &&
  (isOther(tokens[at - 1]?.word ?? '') || tokens.slice(at + 1, at + 4).some(({ word }) => isOther(word)))

/** Place, counted from the mention, of the first word that says an organ; Infinity where none does. */
function distanceTo(near: readonly NearToken[], isOrgan: (token: NearToken) => boolean): number {
  const at = near.findIndex(isOrgan)
  if (at < 0 || near.slice(Math.max(0, at - 3), at + 1).some(({ word }) => BESIDE.has(word)))
    return Number.POSITIVE_INFINITY
  return at
}

/**
 * Whether a mention is of another organ: one that its own words do not place in the chest, with an organ of elsewhere nearer
 * to it than any of the chest ("thyroid nodule", "nodule in the left adrenal gland").
 */
export function isOfOtherOrgan(
  tokens: readonly Token[],
  mention: FindingMention,
  mentions: readonly FindingMention[],
): boolean {
  if (mention.places.some((at) => CHEST.test(tokens[at].word))) return false
  const { start, end, places } = mention
  if (isHeadedOther(tokens, start)) return true
  if (tokens.slice(start, end).some(({ word }, n) => isOther(word) && !places.includes(start + n))) return true
  // "Sternal wires": the pack spells the organ itself.
  if (places.some((at) => isOther(tokens[at].word))) return false
  const others = mentions.filter((other) => other !== mention)
  const sides = ([-1, 1] as const).map((step) => nearTokens(tokens, mention, step, others))
  const other = Math.min(...sides.map((near) => distanceTo(near, (token) => token.isOther)))
  const chest = Math.min(...sides.map((near) => distanceTo(near, (token) => token.isChest)))
  if (isReferring(tokens, mention) || isPlacedBehind(tokens, mention)) return true
  return other < chest || (other === chest && isSubjectOther(tokens, mention))
}

/** "Thyroid: 12 mm nodule in the left lobe". */
function isHeadedOther(tokens: readonly Token[], before: number): boolean {
  let at = before - 1
  while (at >= 0 && tokens[at].breaks !== 'sentence' && !isHeadingEnd(tokens[at])) at--
  if (at < 0 || !isHeadingEnd(tokens[at])) return false
  const first = tokens.slice(0, at).findLastIndex(({ breaks }) => breaks !== null && breaks !== 'comma') + 1
  const heading = tokens.slice(first, at + 1)
  return heading.some(({ word }) => isOther(word)) && !heading.some(({ word }) => CHEST.test(word))
}

const OF_PLACE = /^(left|right|both|upper|lower|mid|middle|pole|lobe|lobes|gland|side|segment|of|in|on|the|at|level)$/

/** "Calcified nodule, left thyroid lobe": behind a comma nothing but where it lies. */
function isPlacedBehind(tokens: readonly Token[], { end }: FindingMention): boolean {
  const from = tokens.slice(end - 1, end + 4).findIndex(({ breaks }) => breaks !== null)
  if (from < 0 || tokens[end - 1 + from].breaks !== 'comma') return false
  const rest = tokens.slice(end + from, end + from + REACH)
  const stop = rest.findIndex(({ breaks }) => breaks !== null)
  const place = stop < 0 ? rest : rest.slice(0, stop + 1)
  return place.some(({ word }) => isOther(word)) && place.every(({ word }) => isOther(word) || OF_PLACE.test(word))
}

/** "The thyroid is enlarged. It contains a nodule." */
function isReferring(tokens: readonly Token[], { start, places }: FindingMention): boolean {
  if (!places.some((at) => OF_ANY_ORGAN.test(tokens[at].word))) return false
  const first = tokens.slice(0, start).findLastIndex(({ breaks }) => breaks === 'sentence') + 1
  const own = tokens.slice(first, start)
  if (first === 0 || !own.slice(0, 2).some(({ word }) => PRONOUN.test(word))) return false
  if (own.some(({ word }) => CHEST.test(word))) return false
  const previous = tokens.slice(0, first - 1).findLastIndex(({ breaks }) => breaks === 'sentence') + 1
  const named = tokens.slice(previous, first).findLast(({ word }) => isOther(word) || CHEST.test(word))
  return named !== undefined && isOther(named.word)
}

const PRONOUN = /^(it|they|its|both|this|these|there|gland|organ|here)$/

/** What any organ may have, so that it is of the one spoken of; an effusion or emphysema is the chest's where no organ stands near. */
const OF_ANY_ORGAN =
  /^(mass|nodul|node|adenopath|lymphaden|calcif|fluid|hernia|lesion|dens|device|hardware|stent|line|tube|drain|clip|thick|granulom|metasta|scar|implant|cathet|coil|opaci|bulk|dilat|enlarg)/

/** "The breast tissue is dense, no mass": where nothing stands near, the last organ that the sentence spoke of. */
function isSubjectOther(tokens: readonly Token[], { start, places }: FindingMention): boolean {
  if (!places.some((at) => OF_ANY_ORGAN.test(tokens[at].word))) return false
  for (let at = start - 1; at >= 0 && tokens[at].breaks !== 'sentence'; at--) {
    if (CHEST.test(tokens[at].word) && !isOrganLobe(tokens, at)) return false
    if (isOther(tokens[at].word)) return !tokens.slice(Math.max(0, at - 3), at).some(({ word }) => BESIDE.has(word))
  }
  return false
}
