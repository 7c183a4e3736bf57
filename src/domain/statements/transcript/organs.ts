import type { FindingMention } from './mentions.ts'
import type { Token } from './tokens.ts'

/**
 * Organs whose nodules, effusions, hernias and calcifications are none of a chest's lungs, pleura, heart or vessels. Beginnings
 * of words; what ends in a space is a whole word.
 */
const OTHER_ORGANS = [
  'thyroid',
  'parathyroid',
  'breast',
  'mammar',
  'adrenal',
  'liver ',
  'hepat',
  'spleen ',
  'splenic',
  'kidney',
  'renal',
  'ureter',
  'nephro',
  'bladder',
  'gallbladder',
  'bile ',
  'biliar',
  'pancrea',
  'stomach ',
  'gastric',
  'duoden',
  'bowel',
  'intestin',
  'colon ',
  'colonic',
  'rect',
  'sigmoid',
  'append',
  'mesenter',
  'omental',
  'peritone',
  'retroperitone',
  'abdom',
  'pelvi',
  'uter',
  'ovar',
  'prostat',
  'testi',
  'scrot',
  'inguinal',
  'umbilical',
  'ventral',
  'incisional',
  'femoral',
  'iliac',
  'groin',
  'sinus',
  'maxill',
  'mastoid',
  'orbit',
  'brain',
  'cerebr',
  'cerebell',
  'intracranial',
  'skull',
  'scalp',
  'salivary',
  'parotid',
  'larynx',
  'laryng',
  'tonsil',
  'tongue',
  'joint',
  'shoulder',
  'glenohumeral',
  'acromioclav',
  'elbow',
  'wrist',
  'hip ',
  'knee',
  'ankle',
  'foot ',
  'feet ',
  'hand ',
  'leg ',
  'thigh',
  'spine ',
  'spinal',
  'vertebra',
  'disc ',
  'disk ',
  'lumbar',
  'cervical',
  'sacr',
  'bone ',
  'bony',
  'osseous',
  'skelet',
  'rib ',
  'ribs ',
  'sternum',
  'sternal',
  'clavic',
  'scapul',
  'humer',
  'skin ',
  'subcutaneous',
  'cutaneous',
  'muscle',
  'intramuscular',
  'tendon',
  'rotator',
  'vocal',
  'ear ',
  'eye ',
  'optic',
  'tooth',
  'dental',
  'pituit',
  'vagin',
  'penil',
  'lipoma',
] as const

/** What takes a phrase back to the chest, though an organ stands near: "effusion above the liver". */
const CHEST =
  /^(lung|pulmon|pleura|pericard|lob|lingul|hil|mediastin|bronch|coronar|aort|heart|cardi|chest|thorac|hemithora|apic|apex|bas(e|al|ilar)|costophren|tracheo|carin|diaphragm|hiat|sliding|paraesoph|paraoesoph|parenchym|fissure)/
/** Words that only tell where something lies of something else. */
const BESIDE = new Set(
  'above below over under overlying underlying adjacent near beneath beside toward towards abutting'.split(' '),
)

const REACH = 6

const isOther = (word: string): boolean => OTHER_ORGANS.some((organ) => `${word} `.startsWith(organ))

/** Tokens nearer than any comma, sentence or other finding, on one side of a mention; the nearest first. */
function nearTokens(
  tokens: readonly Token[],
  mention: FindingMention,
  step: 1 | -1,
  others: readonly FindingMention[],
) {
  const near: Token[] = []
  for (let n = 0; n < REACH; n++) {
    const at = step === 1 ? mention.end + n : mention.start - 1 - n
    const token = tokens[at]
    const isBroken = step === 1 ? tokens[at - 1]?.breaks : token?.breaks
    if (!token || isBroken || others.some(({ places }) => places.includes(at))) break
    near.push(token)
  }
  return near
}

/** Place, counted from the mention, of the first word that says an organ; Infinity where none does. */
function distanceTo(near: readonly Token[], isOrgan: (word: string) => boolean): number {
  const at = near.findIndex(({ word }) => isOrgan(word))
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
  if (tokens.slice(mention.start, mention.end).some(({ word }) => isOther(word))) return true
  const others = mentions.filter((other) => other !== mention)
  const sides = ([-1, 1] as const).map((step) => nearTokens(tokens, mention, step, others))
  const other = Math.min(...sides.map((near) => distanceTo(near, isOther)))
  const chest = Math.min(...sides.map((near) => distanceTo(near, (word) => CHEST.test(word))))
  return other < chest || (other === chest && isSubjectOther(tokens, mention))
}

/** "The breast tissue is dense, no mass": where nothing stands near, the last organ that the sentence spoke of. */
function isSubjectOther(tokens: readonly Token[], { start }: FindingMention): boolean {
  for (let at = start - 1; at >= 0 && tokens[at].breaks !== 'sentence'; at--) {
    if (CHEST.test(tokens[at].word)) return false
    if (isOther(tokens[at].word)) return !tokens.slice(Math.max(0, at - 3), at).some(({ word }) => BESIDE.has(word))
  }
  return false
}
