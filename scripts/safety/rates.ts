import type { Alert } from '../../src/domain/safety/alert.ts'
import type { Fault } from './dictations.ts'

/** What the net made of one dictation within one budget. */
export interface Judged {
  readonly fault: Fault
  readonly budget: number
  readonly isCaught: boolean
  /** Alerts that are not the fault's. */
  readonly wrong: readonly Alert[]
}

const isOfFault = (alert: Alert, { kind, findingId }: Fault): boolean =>
  alert.findingId === findingId &&
  ((kind === 'left-out' && alert.kind === 'unmentioned') ||
    (kind === 'swapped' && alert.kind === 'misplaced' && alert.differs === 'side'))

export function judge(alerts: readonly Alert[], fault: Fault, budget: number): Judged {
  const wrong = alerts.filter((alert) => !isOfFault(alert, fault))
  return { fault, budget, isCaught: wrong.length < alerts.length, wrong }
}

const mean = (numbers: readonly number[]): string =>
  numbers.length > 0 ? (numbers.reduce((sum, one) => sum + one, 0) / numbers.length).toFixed(2) : '–'
const toCaught = (own: readonly Judged[]) => mean(own.map(({ isCaught }) => Number(isCaught)))
const toWrong = (own: readonly Judged[]) => mean(own.map(({ wrong }) => wrong.length))

/** A table by budget: shares caught and false alerts a report, all together and by fault. */
export function toTable(judged: readonly Judged[], budgets: readonly number[]): string[] {
  const of = (budget: number, ...kinds: readonly Fault['kind'][]) =>
    judged.filter((one) => one.budget === budget && kinds.includes(one.fault.kind))
  const count = (kind: Fault['kind']) => of(budgets[0], kind).length
  return [
    `| budget | caught | left out (${count('left-out')}) | swapped (${count('swapped')}) | false alerts a report | without a fault (${count('none')}) | left out | swapped |`,
    '|---|---|---|---|---|---|---|---|',
    ...budgets.map((budget) => {
      const [none, left, swapped] = [of(budget, 'none'), of(budget, 'left-out'), of(budget, 'swapped')]
      const caught = [[...left, ...swapped], left, swapped].map(toCaught)
      const wrong = [[...none, ...left, ...swapped], none, left, swapped].map(toWrong)
      return `| ${[budget, ...caught, ...wrong].join(' | ')} |`
    }),
  ]
}

/** What was caught of each finding, and what was offered of it where no fault was made. */
export function toFindingsTable(
  judged: readonly Judged[],
  findings: readonly { id: string; label: string }[],
): string[] {
  const share = (own: readonly Judged[]) => `${own.filter(({ isCaught }) => isCaught).length} of ${own.length}`
  const of = (kind: Fault['kind']) => judged.filter(({ fault }) => fault.kind === kind)
  const falsely = (id: string, kind: Alert['kind']) =>
    of('none').filter(({ wrong }) => wrong.some((alert) => alert.findingId === id && alert.kind === kind)).length
  return [
    '| finding | left out: caught | swapped: caught | false: unmentioned | misplaced | contradiction |',
    '|---|---|---|---|---|---|',
    ...findings.map(({ id, label }) => {
      const caught = (['left-out', 'swapped'] as const).map((kind) =>
        share(of(kind).filter(({ fault }) => fault.findingId === id)),
      )
      const wrong = (['unmentioned', 'misplaced', 'contradiction'] as const).map((kind) => falsely(id, kind))
      return `| ${[label, ...caught, ...wrong].join(' | ')} |`
    }),
  ]
}
