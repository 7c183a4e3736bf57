import type { FindingDetails, Lobe, Side } from '../findingDetails.ts'
import type { FindingId } from '../findings/ctRateFindings.ts'
import type { Random } from '../random.ts'
import { FINDING_LEXICON } from './findingLexicon.ts'

const LOBE_SETS: readonly (readonly Lobe[])[] = [
  ['RUL'],
  ['RML'],
  ['RLL'],
  ['LUL'],
  ['LING'],
  ['LLL'],
  ['RUL'],
  ['RLL'],
  ['LUL'],
  ['LLL'],
  ['LUL', 'RUL'],
  ['LLL', 'RLL'],
  ['RUL', 'RML'],
  ['RML', 'RLL'],
  ['LUL', 'LLL'],
]

/** Details for a dictated sentence that belongs to no case. Sizes are 3–39 mm. */
export function createRandomDetails(finding: FindingId, random: Random): FindingDetails {
  const lexicon = FINDING_LEXICON[finding]
  const kinds = Object.keys(lexicon.presentByKind ?? {})
  return {
    finding,
    severity: random.pick(['mild', 'moderate', 'severe'] as const),
    side: random.pick(['left', 'right', 'both'] as const satisfies readonly Side[]),
    lobes: random.chance(0.75) ? random.pick(LOBE_SETS) : undefined,
    sizeMm: 3 + random.below(37),
    kind: kinds.length > 0 ? random.pick(kinds) : undefined,
  }
}
