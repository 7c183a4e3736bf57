import type { FindingDetails } from '../findingDetails.ts'
import { CT_RATE_FINDINGS, type FindingId } from '../findings/ctRateFindings.ts'
import type { Random } from '../random.ts'
import { expandTemplate } from './expandTemplate.ts'
import { FINDING_LEXICON } from './findingLexicon.ts'
import type { FindingLexicon, Term } from './lexicon.ts'

export type FindingState = 'present' | 'absent'
export type FindingStates = Partial<Record<FindingId, FindingState>>

export interface ReportSentence {
  readonly text: string
  /** What the sentence says of the findings it names; findings not named are missing. */
  readonly states: FindingStates
}

const LABELS = new Map(CT_RATE_FINDINGS.map((finding) => [finding.id, finding.label]))

/** `NP` noun with article and grade, `T` bare noun, `IS`/`HAS` agreeing verb, `WHERE` place phrase. */
const PRESENT_FRAMES = [
  'There IS NP WHERE.',
  'NP WHERE.',
  'NP IS {seen|noted|identified|present|observed|visible|demonstrated} WHERE.',
  'NP {consistent with the clinical history|} WHERE.',
  'Findings {consistent with|suggestive of|in keeping with|compatible with} NP WHERE.',
  'Appearance {suggests|is suspicious for|may represent|is concerning for} NP WHERE.',
  '{Likely|Probable|Possible|Presumed} T WHERE.',
  'NP IS {suspected|likely|probable} WHERE.',
  'NP WHERE cannot be excluded.',
  '{Again seen|Again noted|Redemonstrated} IS NP WHERE.',
  '{New|Known|Persistent|Stable|Unchanged|Increasing} T WHERE.',
  'T WHERE HAS {increased|progressed|worsened|not changed|not resolved}.',
  'T WHERE IS {unchanged|stable|without change|slightly improved but still present}.',
  'We {see|note|observe} NP WHERE.',
  'Scans {show|demonstrate|reveal} NP WHERE.',
  'No change in the T WHERE.',
  'Positive for T.',
  'Evidence of T WHERE.',
]

const ABSENT_FRAMES = [
  'No T.',
  'No T {is seen|seen|identified|is identified|is noted|was found|visible}.',
  'There IS no T WHERE.',
  'There is no {evidence|sign|indication|suggestion} of T WHERE.',
  'No {evidence|signs|sign|finding} of T.',
  'No {definite|significant|convincing} T.',
  '{The study is negative for|Negative for} T.',
  'T IS {not present|absent|not seen|not identified|not visible|not evident|ruled out|excluded}.',
  'T HAS {resolved|completely resolved|cleared|disappeared}.',
  '{Previous|The previously seen|Previously noted|Prior} T HAS {resolved|cleared|disappeared}.',
  'T WHERE IS no longer {seen|present|visible}.',
  'Resolution of the {previous|prior|previously seen} T WHERE.',
  'Without {evidence of|signs of|} T.',
  '{I do not see|We do not see|I see no|I find no} T.',
  '{Free of|Lacking} T.',
  'T IS {neither seen nor suspected|unlikely}.',
]

/** A sentence that says the finding is present, agreeing with the details. */
export function writePresentSentence(details: FindingDetails, random: Random): string {
  const lexicon = FINDING_LEXICON[details.finding]
  if (random.chance(0.05)) return `${LABELS.get(details.finding)} is present.`
  const ofKind = details.kind ? (lexicon.presentByKind?.[details.kind] ?? []) : []
  if (ofKind.length > 0 && random.chance(0.6)) return expandTemplate(random.pick(ofKind), details, random)
  if (random.chance(0.5)) return expandTemplate(random.pick(lexicon.present), details, random)
  return fillFrame(random.pick(PRESENT_FRAMES), lexicon, details, random)
}

/** A sentence that says the finding is absent. `details` only lends a place to frames such as "no longer seen in …". */
export function writeAbsentSentence(finding: FindingId, details: FindingDetails | null, random: Random): string {
  const lexicon = FINDING_LEXICON[finding]
  if (random.chance(0.05)) return `${LABELS.get(finding)} is not present.`
  if (random.chance(0.45)) return expandTemplate(random.pick(lexicon.absent), details, random)
  return fillFrame(random.pick(ABSENT_FRAMES), lexicon, details, random)
}

/** A noun phrase for lists, for instance "a small left pleural effusion" or, with `bare`, "pleural effusion". */
export function writeNounPhrase(details: FindingDetails, bare: boolean, random: Random): string {
  const lexicon = FINDING_LEXICON[details.finding]
  const term = random.pick(lexicon.terms)
  return bare ? term.text : toNounPhrase(term, lexicon, random)
}

function fillFrame(frame: string, lexicon: FindingLexicon, details: FindingDetails | null, random: Random): string {
  return fillFrameWith(frame, random.pick(lexicon.terms), lexicon, details, random)
}

/** A frame with `NP`, `T`, `IS`, `HAS` and `WHERE` filled by a term of the finding, then expanded. */
export function fillFrameWith(
  frame: string,
  term: Term,
  lexicon: FindingLexicon,
  details: FindingDetails | null,
  random: Random,
): string {
  const plural = term.number === 'many'
  const where = details && random.chance(0.7) ? { lobe: '[lobe]', side: '[on]', none: '' }[lexicon.where] : ''
  const template = frame
    .replace(/\bNP\b/g, toNounPhrase(term, lexicon, random))
    .replace(/\bT\b/g, term.text)
    .replace(/\bIS\b/g, plural ? 'are' : 'is')
    .replace(/\bHAS\b/g, plural ? 'have' : 'has')
    .replace(/\bWHERE\b/g, where)
  return expandTemplate(template, details, random)
}

function toNounPhrase(term: Term, lexicon: FindingLexicon, random: Random): string {
  const grade = lexicon.grade !== 'none' && random.chance(0.6) ? `[${lexicon.grade}]` : ''
  const side = lexicon.where === 'side' && random.chance(0.5) ? '[side]' : ''
  return `${term.number === 'one' ? 'a' : ''} ${grade} ${side} ${term.text}`
}
