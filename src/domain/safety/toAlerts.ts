import type { FindingId } from '../findings/finding.ts'
import type { SeenFinding } from '../findings/seen.ts'
import { toMentions } from '../statements/foldStatements.ts'
import type { Alert } from './alert.ts'
import { findContradictions, type WrittenUtterance } from './contradictions/contradictions.ts'
import type { HeatPlace } from './heatPlace.ts'
import { findPlaced, toMisplaced } from './misplaced.ts'
import { findUnmentioned, toUnmentioned } from './unmentioned.ts'

/** Budgets that a reader may choose from: alerts a report. */
export const ALERT_BUDGETS = [0, 1, 2, 3, 5] as const
export const DEFAULT_BUDGET = 3

/** What the model makes of the scan. */
export interface SeenScan {
  readonly findings: readonly SeenFinding[]
  /** Where the heat of findings lies: of those that `toWantedHeat` names, as far as it is known. */
  readonly heat: ReadonlyMap<FindingId, HeatPlace>
}

export interface SafetyInput {
  /** Oldest first. */
  readonly utterances: readonly WrittenUtterance[]
  /** Or why the scan offers nothing, as a sentence: it was not read, or the scores do not apply to it. */
  readonly scan: SeenScan | { readonly why: string }
  /** Patient's Sex of the header (0010,0040). */
  readonly sex: 'F' | 'M' | 'O' | null
  /** Alerts that a report may have, those that were answered counted. */
  readonly budget: number
  /** Ids of alerts that were accepted, rejected or ignored: none of them comes back. */
  readonly answered: readonly string[]
}

export interface SafetyNet {
  /** The worthiest first, never more than is left of the budget. */
  readonly alerts: readonly Alert[]
  /** Why nothing is offered from the scan; null where the scan counts. */
  readonly note: string | null
}

/** Worth below which nothing is told, by the budget: who takes one alert wants it to be likelier right than wrong, who takes more, more doubtful ones. */
const toLeastWorth = (budget: number): number => Math.max(0.3, 0.6 - 0.1 * budget)

/** The findings whose heat the net looks at: those that nothing was said of, and those that were said at a place or may explain one that was not. */
export function toWantedHeat(seen: readonly SeenFinding[], utterances: readonly WrittenUtterance[]): FindingId[] {
  const mentions = toMentions(utterances)
  const unmentioned = findUnmentioned(seen, mentions)
  const said = unmentioned.length > 0 ? seen.filter(({ id }) => mentions.has(id)) : findPlaced(seen, mentions)
  return [...unmentioned, ...said].map(({ id }) => id)
}

/**
 * What a report still asks before it is closed: findings that are seen and unmentioned, words that name another place than the heat,
 * and contradictions within the words. Shows and corrects nothing by itself. A scan that says nothing leaves the contradictions.
 */
export function toAlerts({ utterances, scan, sex, budget, answered }: SafetyInput): SafetyNet {
  const mentions = toMentions(utterances)
  const ofScan =
    'why' in scan
      ? []
      : [...toUnmentioned(scan.findings, mentions, scan.heat), ...toMisplaced(scan.findings, mentions, scan.heat)]
  const alerts = [...findContradictions(utterances, sex), ...ofScan]
    .filter(({ id, worth }) => worth >= toLeastWorth(budget) && !answered.includes(id))
    .sort((a, b) => b.worth - a.worth)
  return {
    alerts: alerts.slice(0, Math.max(0, Math.floor(budget) - answered.length)),
    note: 'why' in scan ? scan.why : null,
  }
}
