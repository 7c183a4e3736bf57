import type { FindingDetails } from '../../findingDetails.ts'
import type { Random } from '../../random.ts'
import { expandTemplate } from '../expandTemplate.ts'
import { FINDING_LEXICON } from '../findingLexicon.ts'
import { fillFrameWith } from '../findingSentences.ts'
import type { Clause, FindingStatus } from './clause.ts'
import { listTerms } from './widerTerms.ts'

/**
 * Ways to assert, deny, doubt and leave behind, with the deciding words before and behind the finding; after the kinds
 * of NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009). Slots as in `fillFrameWith`.
 */
const FORMS: Readonly<Record<FindingStatus, readonly string[]>> = {
  present: [
    'There IS NP WHERE.',
    'NP WHERE.',
    'T WHERE.',
    'NP IS {seen|noted|present|visible|again seen|demonstrated} WHERE.',
    '{I see|We see|I note|Note is made of|There remains|One sees} NP WHERE.',
    'T WHERE HAS not {resolved|cleared|gone away|disappeared|improved|changed}.',
    'T WHERE {persisting|persistent} {since the prior study|}.',
    'T WHERE IS {still|still clearly} {present|seen|visible}.',
    'The T WHERE HAS {increased|grown|progressed|worsened|enlarged} {since the prior|in the interval|}.',
    'The T WHERE HAS {decreased|improved|regressed|become smaller} {since the prior|but is still there|}.',
    'T WHERE IS {unchanged|stable|slightly smaller|slightly larger|not smaller|no smaller than before}.',
    'No {change|interval change|decrease} in the T WHERE.',
    '{Interval|Further} {growth|increase|progression} of the T WHERE.',
    '{Interval|Partial} {decrease|improvement} of the T WHERE.',
    '{New|Newly seen|Newly developed} T WHERE {since the last scan|}.',
    'T WHERE {that was not there before|not seen previously|not present on the prior}.',
    'The T WHERE IS no longer {small|subtle|stable} {but has grown|}.',
    'T WHERE that {cannot be overlooked|cannot be missed}.',
    'Positive for T WHERE.',
    'T WHERE, {confirmed|definite|known}.',
    '{Study|Scan|Exam} {shows|demonstrates} NP WHERE, no doubt.',
    'No other finding than NP WHERE.',
    'No further T besides the one WHERE.',
  ],
  absent: [
    'No T.',
    'No T WHERE.',
    'There IS no T WHERE.',
    'No {evidence|sign|signs|hint|suggestion|trace} of T WHERE.',
    'Without {any|evidence of|} T.',
    '{Negative for|Free of|Absence of|Clear of} T.',
    '{I do not see|I see no|We find no|I cannot find any|I do not find} T WHERE.',
    '{Nothing|No finding} to suggest T.',
    'No {definite|convincing|significant|new or old} T.',
    'Not a single T.',
    'T: {none|negative|absent|no}.',
    'T IS {not seen|not present|absent|not identified|not visible|not demonstrated|nowhere seen}.',
    'T {was not found|not detected|not appreciated|is ruled out|has been excluded|can be excluded}.',
    'T WHERE IS {not seen|not present|not identified}.',
    'As for T, {there is none|none|nothing is seen}.',
    'Regarding T, {none is seen|the study is negative}.',
    '{Looking for|I looked for} T, {there is none|and found none|nothing}.',
    'T is {something I do not see here|not a feature of this scan}.',
  ],
  uncertain: [
    '{Possible|Questionable|Equivocal|Suspected|Doubtful|Probable} T WHERE.',
    'T WHERE {cannot be excluded|cannot be ruled out|is not excluded|can not be excluded on this study}.',
    '{I cannot exclude|We cannot exclude|Cannot exclude|Cannot rule out} T WHERE.',
    '{Rule out|Query|Question of|Questionable for|Consider} T WHERE.',
    'There {may|might|could} be NP WHERE.',
    '{This|The appearance|It} {may represent|might be|could be|could represent|may be} NP WHERE.',
    'T WHERE IS {possible|suspected|questionable|not certain|equivocal|uncertain}.',
    'T WHERE {versus artefact|versus motion|versus normal variant|versus a vessel}.',
    '{Suspicious for|Concerning for|Suggestive of|Raises the possibility of|Concern for} T WHERE.',
    'It is {unclear|uncertain|not clear} whether there IS T WHERE.',
    'I am not sure about T WHERE.',
    '{Perhaps|Maybe} NP WHERE.',
    'Differential {includes|diagnosis includes} T.',
    'T WHERE, {question mark|to be confirmed|if any|unclear}.',
  ],
  resolved: [
    'T WHERE HAS {resolved|completely resolved|cleared|disappeared|gone away} {since the prior|}.',
    '{Previous|Previously seen|Prior|The known} T WHERE HAS {resolved|cleared|disappeared}.',
    'T WHERE IS no longer {seen|present|visible|identified}.',
    '{Resolution|Interval resolution|Complete clearing|Complete resolution} of the {previous|prior|} T WHERE.',
    '{Resolved|Former} T WHERE.',
    'The T {of last year|seen last time|on the prior study} IS gone.',
    'History of T.',
    '{Past history of|Known history of|Status post|Past medical history includes} T.',
    'The patient had NP {in the past|two years ago|last year}.',
    'NP was {treated|described|reported} {years ago|in the past|elsewhere}.',
    '{Clinical history|Indication|Clinical information}: T in the past.',
    'Interval {removal|disappearance|clearing} of the T WHERE.',
  ],
}
/** Devices do not resolve, and "status post" a device says that it is there. */
const REMOVED = [
  'T HAS been removed.',
  'The {previous|prior} T IS {gone|no longer seen|no longer in place}.',
  'Interval removal of the T.',
  'T {removed|taken out} since the prior.',
  'The patient had NP {in the past|two years ago|last year}.',
]
const FROM_LEXICON = 0.3

/** One clause that gives a finding a status, agreeing with the details. */
export function writeAsserted(details: FindingDetails, status: FindingStatus, random: Random): Clause {
  const lexicon = FINDING_LEXICON[details.finding]
  const statuses = { [details.finding]: status }
  if ((status === 'present' || status === 'absent') && random.chance(FROM_LEXICON)) {
    const ofKind = (status === 'present' && details.kind && lexicon.presentByKind?.[details.kind]) || null
    const templates = (ofKind ?? lexicon[status]).filter((template) => !DOUBTFUL.test(template))
    return { text: expandTemplate(random.pick(templates), details, random), statuses }
  }
  const forms = status === 'resolved' && details.finding === 'medical_material' ? REMOVED : FORMS[status]
  const placed = { ...lexicon, grade: random.chance(0.5) ? lexicon.grade : ('none' as const) }
  const text = fillFrameWith(random.pick(forms), random.pick(listTerms(details.finding)), placed, details, random)
  return { text, statuses }
}

/** The reports' lexicon knows two states only; there these words stand among the present, and removal among the absent. */
const DOUBTFUL = /possib|probab|suspicious|suggest|previous|consistent|has been removed/i
