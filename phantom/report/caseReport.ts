import type { FindingDetails } from '../findingDetails.ts'
import { FINDING_IDS, type FindingId } from '../findings/ctRateFindings.ts'
import type { Random } from '../random.ts'
import { type ReportSentence, writeAbsentSentence, writePresentSentence } from './findingSentences.ts'
import { writeGroupDenial, writeJoinedDenial } from './joinedSentences.ts'
import { writeReportTalk } from './otherTalk.ts'

/** Sentences of a case's report: every finding is said once, a few others are denied, the rest is talk. */
export function writeCaseReport(findings: readonly FindingDetails[], random: Random): ReportSentence[] {
  const sentences: ReportSentence[] = findings.map((details) => ({
    text: writePresentSentence(details, random),
    states: { [details.finding]: 'present' },
  }))
  const absent = random.shuffle(
    FINDING_IDS.filter((finding) => findings.every((details) => details.finding !== finding)),
  )
  const group = random.chance(0.4) ? writeGroupDenial((finding) => absent.includes(finding), random) : null
  if (group) sentences.push(group)
  const left = absent.filter((finding) => group?.states[finding] === undefined)
  sentences.push(...writeDenials(left, random))
  for (let n = 1 + random.below(3); n > 0; n--) sentences.push({ text: writeReportTalk(random), states: {} })
  return random.shuffle(sentences)
}

function writeDenials(absent: readonly FindingId[], random: Random): ReportSentence[] {
  const list = [...absent]
  const sentences: ReportSentence[] = []
  if (list.length >= 4 && random.chance(0.6)) {
    const joined = list.splice(0, 2 + random.below(2)).map((finding) => ({ finding, severity: 'moderate' }) as const)
    sentences.push(writeJoinedDenial(joined, random))
  }
  for (const finding of list.slice(0, 2 + random.below(4))) {
    sentences.push({ text: writeAbsentSentence(finding, null, random), states: { [finding]: 'absent' } })
  }
  return sentences
}
