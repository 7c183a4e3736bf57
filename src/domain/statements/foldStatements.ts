import type { FindingId } from '../findings/finding.ts'
import { isSamePlace, type Statement, type Status } from './statement.ts'

/** A statement and the utterance that it was made in. */
export interface Mention {
  readonly utteranceId: string
  readonly statement: Statement
}

/** All that a dictation says of one finding. */
export interface SaidState {
  /** Question: it is affirmed and denied of the same place, and only the reader can tell which holds. */
  readonly status: Status | 'question'
  /** The mentions that decide the status, in the order in which they were said. */
  readonly deciding: readonly Mention[]
  /** All mentions, in the order in which they were said. */
  readonly mentions: readonly Mention[]
}

/** What an utterance adds to a dictation. */
export interface SaidUtterance {
  readonly id: string
  readonly statements: readonly Statement[]
  /** It begins with "scratch that": the last sentence before it does not count. */
  readonly takesBackPrevious?: boolean
  /** It begins in mid-sentence and says this of what the sentence before it named ("is possible"). */
  readonly predicate?: Status | null
}

/** The utterances, the last sentence of each as the one behind it ends it; what a person set stays. */
const withPredicates = (utterances: readonly SaidUtterance[]): SaidUtterance[] =>
  utterances.map((utterance, n) => {
    const status = utterances[n + 1]?.predicate
    const last = utterance.statements.at(-1)
    if (!status || !last) return utterance
    const isLast = (one: Statement) => one.words === last.words && one.status === 'present' && !one.isSet
    return { ...utterance, statements: utterance.statements.map((one) => (isLast(one) ? { ...one, status } : one)) }
  })

/** The utterances without the sentences that one behind them takes back; what a person set is not taken back by a reader. */
function withoutTakenBack(utterances: readonly SaidUtterance[]): SaidUtterance[] {
  return utterances.map((utterance, n) => {
    if (!utterances[n + 1]?.takesBackPrevious) return utterance
    const last = utterance.statements.at(-1)
    return { ...utterance, statements: utterance.statements.filter((one) => one.isSet || one.words !== last?.words) }
  })
}

const isOf =
  (...statuses: Status[]) =>
  ({ statement }: Mention): boolean =>
    statuses.includes(statement.status)

/**
 * Whether a later status contradicts an earlier one of the same place. A finding that was resolved and is then stated present has
 * come back; the other way round one of the two is wrong.
 */
export const isContraryStatus = (earlier: Status, later: Status): boolean =>
  ['present absent', 'absent present', 'present resolved'].includes(`${earlier} ${later}`)

const isContrary = ({ statement: earlier }: Mention, { statement: later }: Mention): boolean =>
  isSamePlace(earlier.place, later.place) && isContraryStatus(earlier.status, later.status)

function findContrary(mentions: readonly Mention[]): Mention[] {
  return mentions.filter((mention, at) =>
    mentions.some((other, n) => (n < at ? isContrary(other, mention) : n > at && isContrary(mention, other))),
  )
}

/** Without what a person's word overrides: all that was heard of its place, and what was set of it before. */
export const withoutOverridden = (mentions: readonly Mention[]): Mention[] =>
  mentions.filter(({ statement }, at) => {
    const overrides = (other: Mention, n: number) =>
      n !== at &&
      other.statement.isSet &&
      (n > at || !statement.isSet) &&
      isSamePlace(other.statement.place, statement.place)
    return !mentions.some(overrides)
  })

function decide(mentions: readonly Mention[]): Pick<SaidState, 'status' | 'deciding'> {
  const contrary = findContrary(mentions)
  if (contrary.length > 0) return { status: 'question', deciding: contrary }
  const order: readonly Status[] = ['present', 'absent', 'uncertain', 'resolved']
  const status = order.find((one) => mentions.some(isOf(one))) ?? 'uncertain'
  return { status, deciding: mentions.filter(isOf(status)) }
}

/** All mentions by finding, utterances oldest first; what is taken back is none. */
export function toMentions(utterances: readonly SaidUtterance[]): ReadonlyMap<FindingId, readonly Mention[]> {
  const byFinding = new Map<FindingId, Mention[]>()
  for (const { id, statements } of withoutTakenBack(withPredicates(utterances))) {
    for (const statement of statements) {
      const known = byFinding.get(statement.findingId) ?? []
      byFinding.set(statement.findingId, [...known, { utteranceId: id, statement }])
    }
  }
  return byFinding
}

/**
 * Joins the statements of a dictation by finding and place, utterances oldest first. What is uncertain takes back nothing
 * that was said firmly; what contradicts itself is a question, never settled in silence; what a person set stands.
 */
export const foldStatements = (utterances: readonly SaidUtterance[]): ReadonlyMap<FindingId, SaidState> =>
  new Map(
    [...toMentions(utterances)].map(([id, mentions]) => [id, { ...decide(withoutOverridden(mentions)), mentions }]),
  )
