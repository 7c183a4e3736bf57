import { type FindingDetails, LOBE_NAMES } from '../findingDetails.ts'
import type { Random } from '../random.ts'
import { toSpokenCentimetres, toSpokenInteger } from './spokenNumbers.ts'

const DEGREE_WORDS = {
  mild: ['mild', 'mild', 'minimal', 'slight', 'discrete'],
  moderate: ['moderate', 'moderate', ''],
  severe: ['severe', 'marked', 'extensive', 'advanced'],
} as const
const DEGREE_ADVERBS = {
  mild: ['mildly', 'slightly', 'minimally'],
  moderate: ['moderately', 'moderately', 'clearly'],
  severe: ['severely', 'markedly', 'massively'],
} as const
const EXTENT_WORDS = {
  mild: ['small', 'minimal', 'mild', 'tiny'],
  moderate: ['moderate', 'moderate', 'moderate sized'],
  severe: ['large', 'large', 'massive', 'extensive'],
} as const

/** Fills choices and slots of a report template. Slots the details say nothing of become empty. */
export function expandTemplate(template: string, details: FindingDetails | null, random: Random): string {
  const chosen = resolveChoices(template, random)
  const filled = chosen.replace(/\[(\w+)\]/g, (_, slot: string) => toSlotText(slot, details, random))
  return tidySentence(filled)
}

function resolveChoices(template: string, random: Random): string {
  let text = template
  while (text.includes('{')) text = text.replace(/\{([^{}]*)\}/, (_, body: string) => random.pick(body.split('|')))
  return text
}

function toSlotText(slot: string, details: FindingDetails | null, random: Random): string {
  if (!details) return ''
  switch (slot) {
    case 'deg':
      return random.pick(DEGREE_WORDS[details.severity])
    case 'degly':
      return random.pick(DEGREE_ADVERBS[details.severity])
    case 'ext':
      return random.pick(EXTENT_WORDS[details.severity])
    case 'side':
      return toSideAdjective(details)
    case 'on':
      return toSidePhrase(details, random)
    case 'lobe':
      return toPlacePhrase(details, random)
    case 'mm':
      return details.sizeMm
        ? `${random.pick(['measuring', 'of', 'of about'])} ${toSpokenSize(details.sizeMm, random)}`
        : ''
    case 'mmword':
      return toSpokenSize(details.sizeMm ?? 10, random)
    case 'mmadj':
      return details.sizeMm
        ? `${toSpokenInteger(Math.round(details.sizeMm))} ${random.pick(['millimeter', 'millimetre'])}`
        : ''
    default:
      throw new Error(`unknown report slot ${slot}`)
  }
}

function toSpokenSize(sizeMm: number, random: Random): string {
  if (sizeMm >= 10 && random.chance(0.4))
    return `${toSpokenCentimetres(sizeMm)} ${random.pick(['centimeters', 'centimetres'])}`
  return `${toSpokenInteger(Math.round(sizeMm))} ${random.pick(['millimeters', 'millimetres'])}`
}

function toSideAdjective(details: FindingDetails): string {
  return details.side === 'both' ? 'bilateral' : (details.side ?? '')
}

function toSidePhrase(details: FindingDetails, random: Random): string {
  if (!details.side) return ''
  if (details.side === 'both') return random.pick(['bilaterally', 'on both sides', 'in both hemithoraces'])
  return random.pick([`on the ${details.side}`, `on the ${details.side} side`, `in the ${details.side} hemithorax`])
}

function toPlacePhrase(details: FindingDetails, random: Random): string {
  const lobes = details.lobes ?? []
  if (lobes.length === 0 || lobes.length > 2) return toLungPhrase(details.side, random)
  const pair = [...lobes].sort().join('+')
  if (pair === 'LUL+RUL')
    return random.pick(['in both upper lobes', 'in the upper lobes', 'in the right and left upper lobes'])
  if (pair === 'LLL+RLL') return random.pick(['in both lower lobes', 'in the lower lobes', 'at both lung bases'])
  return `${random.pick(['in', 'in', 'within'])} ${lobes.map((lobe) => `the ${LOBE_NAMES[lobe]}`).join(' and ')}`
}

function toLungPhrase(side: FindingDetails['side'], random: Random): string {
  if (side === 'both') return random.pick(['in both lungs', 'bilaterally', 'throughout both lungs'])
  return side ? `in the ${side} lung` : ''
}

/** Removes what empty slots left behind and repairs the article and the capital letter. */
function tidySentence(text: string): string {
  const tidy = text
    .replace(/\s+/g, ' ')
    .replace(/ ([,.])/g, '$1')
    .replace(/,\./g, '.')
    .replace(/^[ ,]+/, '')
    .replace(/\b(a) (?=[aeiou])/gi, '$1n ')
    .replace(/\ban (?=one\b|uni)/g, 'a ')
    .trim()
  return tidy.charAt(0).toUpperCase() + tidy.slice(1)
}
