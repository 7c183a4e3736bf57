import { type FindingDetails, LOBE_NAMES, type Lobe, type Severity, type Side } from './findingDetails.ts'
import { CT_RATE_FINDINGS, type FindingId } from './findings/ctRateFindings.ts'
import type { PhantomCase } from './phantomCase.ts'

export interface FindingSummary {
  readonly finding: FindingId
  readonly label: string
  readonly severity: Severity
  readonly side?: Side
  readonly lobes: readonly Lobe[]
  readonly sizeMm?: number
  /** One line for a list: "Lung nodule, 17 mm, right middle lobe, moderate". */
  readonly text: string
}

export interface PhantomCaseSummary {
  readonly seed: number
  readonly title: string
  readonly findings: readonly FindingSummary[]
}

const LABELS = new Map(CT_RATE_FINDINGS.map((finding) => [finding.id, finding.label]))

/** What a case library shows of a case. */
export function describePhantomCase(phantom: PhantomCase): PhantomCaseSummary {
  const { sex, ageYears } = phantom.anatomy
  const who = `Phantom ${phantom.seed}, ${sex === 'female' ? 'woman' : 'man'}, ${ageYears} years`
  const findings = phantom.findings.map(describeFinding)
  const first = findings.slice(0, 2).map((summary) => summary.label.toLowerCase())
  const more = findings.length > 2 ? ` and ${findings.length - 2} more` : ''
  return {
    seed: phantom.seed,
    title: findings.length === 0 ? `${who}: no finding` : `${who}: ${first.join(', ')}${more}`,
    findings,
  }
}

function describeFinding(details: FindingDetails): FindingSummary {
  const { finding, severity, side, sizeMm } = details
  const lobes = details.lobes ?? []
  const label = LABELS.get(finding) ?? finding
  const place =
    lobes.length > 0
      ? lobes.map((lobe) => LOBE_NAMES[lobe]).join(' and ')
      : side && (side === 'both' ? 'both sides' : side)
  const kind = details.kind?.replaceAll('_', ' ')
  const parts = [label, kind, sizeMm === undefined ? undefined : `${sizeMm} mm`, place, severity]
  return { finding, label, severity, side, lobes, sizeMm, text: parts.filter((part) => part !== undefined).join(', ') }
}
