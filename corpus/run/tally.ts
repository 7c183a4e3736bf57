import type { IndexEntry } from './expectation.ts'
import type { Answer } from './itemPool.ts'
import { VERDICTS, type Verdict } from './judgeItem.ts'
import { REFUSED } from './subset.ts'

export interface Judged extends IndexEntry {
  readonly answer: Answer
}

const SHORT: Readonly<Record<Verdict, string>> = {
  right: 'right',
  'refused rightly': 'refused',
  'wrong picture': 'WRONG',
  'lost in silence': 'LOST',
  'not told': 'untold',
  'refused wrongly': 'refused wrongly',
  'false alarm': 'alarm',
  'sent astray': 'astray',
  'too slow': 'slow',
  'too large': 'large',
  crashed: 'crashed',
}

/** As it should be, or refused by name for a reason that is listed. */
export const isGood = ({ id, answer }: Judged): boolean =>
  answer.nameless.length === 0 &&
  (/^(right|refused rightly)$/.test(answer.verdict) || (answer.verdict === 'refused wrongly' && id in REFUSED))

/** "12 right, 3 refused, 1 WRONG, 2 nameless" */
function describeCounts(judged: readonly Judged[]): string {
  const counts = VERDICTS.flatMap((verdict) => {
    const count = judged.filter(({ answer }) => answer.verdict === verdict).length
    return count > 0 ? [`${count} ${SHORT[verdict]}`] : []
  })
  const nameless = judged.filter(({ answer }) => answer.nameless.length > 0).length
  return [...counts, ...(nameless > 0 ? [`${nameless} nameless`] : [])].join(', ')
}

/** A line a kind, then what is wrong, an item a line. */
export function describeAll(judged: readonly Judged[]): string[] {
  const kinds = [...new Set(judged.map(({ kind }) => kind))]
  const width = Math.max(...kinds.map((kind) => kind.length))
  const ofKind = (kind: string) => judged.filter((one) => one.kind === kind)
  return [
    ...judged.filter((one) => !isGood(one)).map(describeFault),
    '',
    ...kinds.map((kind) => `${kind.padEnd(width)}  ${describeCounts(ofKind(kind))}`),
    '',
    `${judged.length} items: ${describeCounts(judged)}`,
    describeCosts(judged),
  ]
}

function describeFault({ id, kind, answer }: Judged): string {
  const words = answer.nameless.length > 0 ? ` | names no file: ${answer.nameless[0]}` : ''
  return `  ${answer.verdict}: ${id} (${kind}) ${answer.reason}${words}`
}

function describeCosts(judged: readonly Judged[]): string {
  const slowest = judged.reduce((most, one) => (one.answer.milliseconds > most.answer.milliseconds ? one : most))
  const largest = judged.reduce((most, one) => (one.answer.peakBytes > most.answer.peakBytes ? one : most))
  const mib = Math.round(largest.answer.peakBytes / 1024 ** 2)
  return `slowest: ${slowest.id}, ${Math.round(slowest.answer.milliseconds)} ms; largest: ${largest.id}, ${mib} MiB with the runtime's own`
}
