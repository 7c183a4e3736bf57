import type { FindingDetails, Lobe } from '../../findingDetails.ts'
import type { FindingId } from '../../findings/ctRateFindings.ts'
import type { Random } from '../../random.ts'
import { expandTemplate } from '../expandTemplate.ts'
import { FINDING_LEXICON } from '../findingLexicon.ts'
import { EXTERNAL_CHEST_WORDS } from './externalChestWords.ts'
import { EXTERNAL_LUNG_WORDS } from './externalLungWords.ts'
import type { ExternalWords } from './externalWords.ts'

export const EXTERNAL_WORDS: Readonly<Record<FindingId, ExternalWords>> = {
  ...EXTERNAL_CHEST_WORDS,
  ...EXTERNAL_LUNG_WORDS,
}

/** `N` is a finding's name. The second half hedges: a hedged finding counts as present. */
const PRESENT_FRAMES = [
  '[at]: N.',
  'N, [at].',
  '[deg] N, [at].',
  'N again evident, [at].',
  'Interval appearance of N, [at].',
  'Picture in line with N, [at].',
  'N on current images, [at].',
  'Query N, [at].',
  'N favored, [at].',
  'Cannot rule out N, [at].',
  'N not excluded, [at].',
  'Questionable N, [at], reimaging advised.',
  '{Possible|Borderline} N, [at].',
]

const ABSENT_FRAMES = [
  'N: none.',
  'N: nil.',
  'N: not demonstrated.',
  'Absence of N.',
  'Nothing to suggest N.',
  'N nowhere appreciated.',
  'Clear of N.',
  'Formerly described N: gone.',
]

/** A telegraphic sentence that says, or hedges, the finding. */
export function writeExternalPresent(details: FindingDetails, random: Random): string {
  const words = EXTERNAL_WORDS[details.finding]
  const ofKind = details.kind ? words.presentByKind?.[details.kind] : undefined
  if (ofKind && random.chance(0.75)) return fill(random.pick(ofKind), details, random)
  if (random.chance(0.55)) return fill(random.pick(words.present), details, random)
  return fill(random.pick(PRESENT_FRAMES).replace('N', random.pick(words.names)), details, random)
}

/** A telegraphic denial. */
export function writeExternalAbsent(finding: FindingId, random: Random): string {
  const words = EXTERNAL_WORDS[finding]
  if (random.chance(0.5)) return fill(random.pick(words.absent), null, random)
  return fill(random.pick(ABSENT_FRAMES).replace(/\bN\b/, random.pick(words.names)), null, random)
}

function fill(template: string, details: FindingDetails | null, random: Random): string {
  const place = details ? toPlace(details, random) : ''
  const text = expandTemplate(template.replaceAll('[at]', place), details, random)
  return text
    .replace(/,\s*,/g, ',')
    .replace(/[,:]\s*\./g, '.')
    .replace(/^[:,. ]+/, '')
    .replace(/^./, (letter) => letter.toUpperCase())
}

const LOBES: Readonly<Record<Lobe, string>> = {
  RUL: 'right upper lobe',
  RML: 'middle lobe',
  RLL: 'right lower lobe',
  LUL: 'left upper lobe',
  LING: 'lingular segment',
  LLL: 'left lower lobe',
}

/** A place without a preposition; empty for findings of no place. */
function toPlace(details: FindingDetails, random: Random): string {
  const where = FINDING_LEXICON[details.finding].where
  const lobes = [...(details.lobes ?? [])].sort()
  if (where === 'none') return ''
  if (lobes.join() === 'LUL,RUL') return random.pick(['both apices', 'upper zones', 'upper zones bilaterally'])
  if (lobes.join() === 'LLL,RLL') return random.pick(['both bases', 'lower zones', 'bibasilar'])
  if (lobes.length > 0) return lobes.map((lobe) => LOBES[lobe]).join(' and ')
  if (!details.side) return ''
  if (details.side === 'both')
    return where === 'side' ? 'both sides' : random.pick(['both lungs', 'diffuse', 'both sides'])
  return where === 'side' ? `${details.side} side` : `${details.side} lung`
}
