import type { FindingDetails } from '../findingDetails.ts'
import type { FindingId } from '../findings/ctRateFindings.ts'
import type { Random } from '../random.ts'
import { expandTemplate } from './expandTemplate.ts'
import { type ReportSentence, writeNounPhrase } from './findingSentences.ts'

/** Groups of findings that reports deny together in words of their own. */
const GROUP_DENIALS: readonly { readonly text: string; readonly findings: readonly FindingId[] }[] = [
  { text: 'The lungs are {clear|clear bilaterally}.', findings: ['consolidation', 'lung_opacity', 'lung_nodule'] },
  { text: 'Both lungs are clear.', findings: ['consolidation', 'lung_opacity', 'lung_nodule'] },
  { text: 'No pleural or pericardial effusion {is seen|}.', findings: ['pleural_effusion', 'pericardial_effusion'] },
  {
    text: 'There is no pleural or pericardial {effusion|fluid}.',
    findings: ['pleural_effusion', 'pericardial_effusion'],
  },
  {
    text: 'No aortic or coronary calcification.',
    findings: ['arterial_wall_calcification', 'coronary_artery_wall_calcification'],
  },
  {
    text: 'The aorta and the coronary arteries are free of calcification.',
    findings: ['arterial_wall_calcification', 'coronary_artery_wall_calcification'],
  },
  { text: 'No active infiltration or mass lesion in both lungs.', findings: ['consolidation', 'lung_nodule'] },
  {
    text: 'The airways are normal without bronchiectasis or wall thickening.',
    findings: ['bronchiectasis', 'peribronchial_thickening'],
  },
  {
    text: 'Heart size is normal and there is no pericardial effusion.',
    findings: ['cardiomegaly', 'pericardial_effusion'],
  },
]

/** One sentence that denies two or three findings: "No a, b or c." */
export function writeJoinedDenial(absent: readonly FindingDetails[], random: Random): ReportSentence {
  const nouns = absent.map((details) => writeNounPhrase(details, true, random))
  const list = joinList(nouns, random.pick(['or', 'or', 'and no', 'nor']))
  const frame = random.pick([
    'No LIST.',
    'There is no LIST.',
    'No evidence of LIST.',
    'Negative for LIST.',
    'No LIST is {seen|identified}.',
    'Without LIST.',
  ])
  return { text: expandTemplate(frame.replace('LIST', list), null, random), states: toStates(absent, 'absent') }
}

/** One sentence that says a finding is present and denies others. */
export function writeContrast(
  present: FindingDetails,
  absent: readonly FindingDetails[],
  random: Random,
): ReportSentence {
  const there = writeNounPhrase(present, false, random)
  const denied = joinList(
    absent.map((details) => writeNounPhrase(details, true, random)),
    'or',
  )
  const frame = random.pick([
    'There is THERE but no DENIED.',
    'THERE without {evidence of|} DENIED.',
    'THERE is seen, {however|but} no DENIED {is identified|}.',
    'No DENIED, but {there is|we see} THERE.',
    'THERE, no DENIED.',
    'While there is THERE, DENIED is not {seen|present}.',
  ])
  const text = expandTemplate(frame.replace('THERE', there).replace('DENIED', denied), present, random)
  return { text, states: { ...toStates(absent, 'absent'), ...toStates([present], 'present') } }
}

/** One sentence that names two present findings. */
export function writeJoinedFindings(present: readonly FindingDetails[], random: Random): ReportSentence {
  const nouns = present.map((details) =>
    expandTemplate(writeNounPhrase(details, false, random), details, random).toLowerCase(),
  )
  const list = joinList(nouns, random.pick(['and', 'with', 'and', 'as well as']))
  const frame = random.pick([
    'There is LIST.',
    'LIST.',
    'LIST are {seen|present|noted}.',
    'The scan shows LIST.',
    'Findings of LIST.',
  ])
  return { text: expandTemplate(frame.replace('LIST', list), null, random), states: toStates(present, 'present') }
}

/** A set phrase that denies several findings, or null when none of them fits what may be denied. */
export function writeGroupDenial(mayDeny: (finding: FindingId) => boolean, random: Random): ReportSentence | null {
  const fitting = GROUP_DENIALS.filter((group) => group.findings.every(mayDeny))
  if (fitting.length === 0) return null
  const group = random.pick(fitting)
  const states = Object.fromEntries(group.findings.map((finding) => [finding, 'absent' as const]))
  return { text: expandTemplate(group.text, null, random), states }
}

function toStates(list: readonly FindingDetails[], state: 'present' | 'absent'): ReportSentence['states'] {
  return Object.fromEntries(list.map((details) => [details.finding, state]))
}

function joinList(items: readonly string[], word: string): string {
  if (items.length === 1) return items[0]
  return `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1]}`
}
