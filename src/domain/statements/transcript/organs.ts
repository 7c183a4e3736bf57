import type { FindingMention } from './mentions.ts'
import { OTHER_ORGANS } from './organWords.ts'
import type { Token } from './tokens.ts'

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
  (ORGANS_BY_LETTER.get(word[0]) ?? []).some((organ) => `${word} `.startsWith(organ))

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
      isOther: isOther(token.word),
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
  if (tokens.slice(start, end).some(({ word }, n) => isOther(word) && !places.includes(start + n))) return true
  // "Sternal wires": the pack spells the organ itself.
  if (places.some((at) => isOther(tokens[at].word))) return false
  const others = mentions.filter((other) => other !== mention)
  const sides = ([-1, 1] as const).map((step) => nearTokens(tokens, mention, step, others))
  const other = Math.min(...sides.map((near) => distanceTo(near, (token) => token.isOther)))
  const chest = Math.min(...sides.map((near) => distanceTo(near, (token) => token.isChest)))
  return other < chest || (other === chest && isSubjectOther(tokens, mention))
}

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
