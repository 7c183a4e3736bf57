import type { FindingId } from '../findings/ctRateFindings.ts'
import { AIRWAY_LEXICON } from './airwayLexicon.ts'
import { HEART_LEXICON } from './heartLexicon.ts'
import type { FindingLexicon } from './lexicon.ts'
import { PARENCHYMA_LEXICON } from './parenchymaLexicon.ts'

export const FINDING_LEXICON: Readonly<Record<FindingId, FindingLexicon>> = {
  ...HEART_LEXICON,
  ...PARENCHYMA_LEXICON,
  ...AIRWAY_LEXICON,
}
