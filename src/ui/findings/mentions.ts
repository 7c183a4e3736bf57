import type { Mention } from '../../domain/statements/foldStatements.ts'
import { STATUS_TEXT, type Status } from '../../domain/statements/statement.ts'
import type { FindingRow, UtteranceItem } from '../../state/appState.ts'
import { describeReadings } from '../text/statementText.ts'

/** A mention with the number of its utterance, as its card has it. */
export interface NumberedMention extends Mention {
  readonly number: number
}

/** The mentions that decide what was said of a finding, in the order in which they were said. */
export function toNumbered(row: Pick<FindingRow, 'deciding'>, utterances: readonly UtteranceItem[]): NumberedMention[] {
  const numbers = new Map(utterances.map(({ id }, at) => [id, at + 1]))
  return row.deciding.map((mention) => ({ ...mention, number: numbers.get(mention.utteranceId) ?? 0 }))
}

/** By whose word: the clause, a person's, or the sound's alone. */
export function toWords({ statement: { words, isSet } }: Mention): string {
  if (words !== null) return `“${words}”`
  return isSet ? 'set by you' : 'by sound alone'
}

/** "Present in 3, absent in 5 and 12: which?" */
export function toQuestion(mentions: readonly NumberedMention[]): string {
  const statuses = [...new Set(mentions.map(({ statement }) => statement.status))]
  const toPart = (status: Status) => {
    const numbers = mentions.filter(({ statement }) => statement.status === status).map(({ number }) => number)
    return `${STATUS_TEXT[status]} in ${[...new Set(numbers)].join(' and ')}`
  }
  const text = statuses.map(toPart).join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}: which?`
}

/** What is unsure is told with what sound and words make of it, unless a person set it so. */
const toDoubt = ({ statement }: Mention): string =>
  statement.status === 'uncertain' && !statement.isSet ? ` (${describeReadings(statement)})` : ''

/** Which words decided, in one line: "3: “a small nodule”; 5: by sound alone". */
export const describeMentions = (mentions: readonly NumberedMention[]): string =>
  mentions.map((mention) => `${mention.number}: ${toWords(mention)}${toDoubt(mention)}`).join('; ')
