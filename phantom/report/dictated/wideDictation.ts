import type { FindingDetails } from '../../findingDetails.ts'
import { FINDING_IDS, type FindingId } from '../../findings/ctRateFindings.ts'
import type { Random } from '../../random.ts'
import { expandTemplate } from '../expandTemplate.ts'
import type { FindingStates } from '../findingSentences.ts'
import { writeGroupDenial } from '../joinedSentences.ts'
import { writeReportTalk } from '../otherTalk.ts'
import { createRandomDetails } from '../randomDetails.ts'
import { toDictationStyle } from '../spokenStyle.ts'
import { writeAsserted } from './assertionForms.ts'
import { type Clause, type FindingStatuses, toFirmStates } from './clause.ts'
import { writeCorrection } from './corrections.ts'
import { hesitate } from './hesitations.ts'
import { writeMeasure } from './measures.ts'
import { writeChestTalk, writeOtherOrgan } from './otherOrgans.ts'
import { writeSeveralInOneBreath } from './severalInOneBreath.ts'
import { writeViewerCommand } from './viewerCommands.ts'
import { listTerms } from './widerTerms.ts'

const KINDS = ['asserted', 'bare', 'breath', 'organ', 'other', 'correction', 'report', 'command'] as const
export type WideKind = (typeof KINDS)[number]
/** Share of each kind, in the order of KINDS. */
const SHARES = [0.36, 0.07, 0.13, 0.13, 0.07, 0.06, 0.12, 0.06]
const STATUS_SHARES = { present: 0.36, absent: 0.34, uncertain: 0.16, resolved: 0.14 }
/** 20 to 40 s of speech at some 150 words a minute. */
const REPORT_WORDS = { least: 50, most: 95 }

export interface WideDictation {
  readonly text: string
  readonly clauses: readonly Clause[]
  /** Of all clauses together. No finding has two of them. */
  readonly statuses: FindingStatuses
  /** What the text towers and speech encoders learn: present or absent, firmly said of today. */
  readonly states: FindingStates
  readonly kind: WideKind
}

/** A dictated text of any kind, from one word to a fluent report. */
export function writeWideDictation(random: Random): WideDictation {
  const kind = pickByShare(KINDS, SHARES, random)
  const free = random.shuffle(FINDING_IDS)
  const take = () => createRandomDetails(free.pop()!, random)
  const clauses = writeClauses(kind, take, free, random).map((clause) => style(clause, kind, random))
  const statuses: FindingStatuses = Object.assign({}, ...clauses.map((clause) => clause.statuses))
  const text = clauses.map((clause) => clause.text).join(' ')
  return { text, clauses, statuses, states: toFirmStates(statuses), kind }
}

function writeClauses(kind: WideKind, take: () => FindingDetails, free: FindingId[], random: Random): Clause[] {
  switch (kind) {
    case 'asserted':
      return Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, () => writeAnyStatus(take(), random))
    case 'bare':
      return [writeBare(take(), random)]
    case 'breath':
      return [writeSeveralInOneBreath(take, random)]
    case 'organ':
      return Array.from({ length: random.pick([1, 1, 2]) }, () => writeOtherOrgan(random))
    case 'other':
      return [random.chance(0.6) ? writeChestTalk(random) : { text: writeReportTalk(random), statuses: {} }]
    case 'correction':
      return random.chance(0.4)
        ? [writeAnyStatus(take(), random), writeCorrection(take(), random)]
        : [writeCorrection(take(), random)]
    case 'report':
      return writeReport(take, free, random)
    case 'command':
      return [writeViewerCommand(random)]
  }
}

function writeAnyStatus(details: FindingDetails, random: Random): Clause {
  const statuses = Object.keys(STATUS_SHARES) as (keyof typeof STATUS_SHARES)[]
  const status = pickByShare(statuses, Object.values(STATUS_SHARES), random)
  const clause = writeAsserted(details, status, random)
  if (status !== 'present' || !/[a-z]\.$/.test(clause.text) || random.chance(0.8)) return clause
  return {
    ...clause,
    text: `${clause.text.slice(0, -1)} ${expandTemplate(writeMeasure(random), null, random).toLowerCase()}.`,
  }
}

/** A term alone, or with one word that denies or doubts it. */
function writeBare(details: FindingDetails, random: Random): Clause {
  const term = random.pick(listTerms(details.finding)).text
  const [text, status] = random.pick([
    [`${term}.`, 'present'],
    [`${term}.`, 'present'],
    [`no ${term}.`, 'absent'],
    [`no ${term}.`, 'absent'],
    [`possible ${term}.`, 'uncertain'],
    [`resolved ${term}.`, 'resolved'],
  ] as const)
  return { text: expandTemplate(text, null, random), statuses: { [details.finding]: status } }
}

/** Clauses of all kinds, each finding once. */
function writeReport(take: () => FindingDetails, free: FindingId[], random: Random): Clause[] {
  const words = REPORT_WORDS.least + random.below(REPORT_WORDS.most - REPORT_WORDS.least)
  const clauses: Clause[] = []
  let count = 0
  while (count < words) {
    const clause = writeReportClause(take, free, random)
    clauses.push(clause)
    count += clause.text.split(' ').length
  }
  return clauses
}

/** The most findings that one clause takes: four present, three absent, one uncertain. */
const MOST_A_CLAUSE = 8

function writeReportClause(take: () => FindingDetails, free: FindingId[], random: Random): Clause {
  const share = random.next()
  if (free.length === 0 || share < 0.12) return { text: writeReportTalk(random), statuses: {} }
  if (share < 0.24) return writeOtherOrgan(random)
  if (share < 0.3) return writeChestTalk(random)
  if (share < 0.46 && free.length >= MOST_A_CLAUSE) return writeSeveralInOneBreath(take, random)
  if (share < 0.52) {
    const group = writeGroupDenial((finding) => free.includes(finding), random)
    if (group) {
      const kept = free.filter((finding) => group.states[finding] === undefined)
      free.splice(0, free.length, ...kept)
      return { text: group.text, statuses: group.states }
    }
  }
  if (share < 0.56) return writeCorrection(take(), random)
  return writeAnyStatus(take(), random)
}

/** All clauses of a text take the same shape, since `fork` starts anew for each. */
function style(clause: Clause, kind: WideKind, random: Random): Clause {
  const slow = random.chance(kind === 'report' ? 0.2 : kind === 'command' || kind === 'bare' ? 0 : 0.12)
  const text = slow ? hesitate(clause.text, random) : clause.text
  return { ...clause, text: toDictationStyle(text, random.fork('style')) }
}

function pickByShare<T>(items: readonly T[], shares: readonly number[], random: Random): T {
  let left = random.next()
  for (let n = 0; n < items.length; n++) {
    left -= shares[n]
    if (left < 0) return items[n]
  }
  return items[items.length - 1]
}
