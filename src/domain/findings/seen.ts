import type { FindingId } from './finding.ts'
import { findingMargin, type PromptBank, type PromptKind } from './prompts.ts'

/** What the pack's manifest says of one finding (see `manifest.ts`). */
export interface FindingCalibration {
  readonly id: FindingId
  readonly calibration: { readonly slope: number; readonly offset: number }
  readonly thresholds: {
    readonly ct: { readonly present: number; readonly absent: number }
    readonly speech: { readonly present: number; readonly absent: number }
  }
}

/** What the CT encoder sees of one finding. */
export interface SeenFinding {
  readonly id: FindingId
  /** cos⁺ − cos⁻. */
  readonly margin: number
  /** Platt-scaled probability of presence, 0…1. */
  readonly probability: number
  /** The probability from which a finding counts as present. */
  readonly threshold: number
  readonly seen: 'present' | 'unsure' | 'absent'
}

/** P = σ(slope · e^T · m + offset), fitted on the validation split (Platt 1999). */
export function toProbability(margin: number, logitScale: number, scale: { slope: number; offset: number }): number {
  return 1 / (1 + Math.exp(-(scale.slope * logitScale * margin + scale.offset)))
}

/** Zero-shot evidence of all findings for a CT embedding, in the order of the manifest. */
export function toSeenFindings(
  embedding: Float32Array,
  bank: PromptBank,
  findings: readonly FindingCalibration[],
  options: { logitScale: number; kind: PromptKind },
): SeenFinding[] {
  return findings.map((finding, row) => {
    const margin = findingMargin(bank, row, embedding, options.kind)
    const limits = finding.thresholds.ct
    const probabilityOf = (m: number) => toProbability(m, options.logitScale, finding.calibration)
    const seen = margin >= limits.present ? 'present' : margin <= limits.absent ? 'absent' : 'unsure'
    return {
      id: finding.id,
      margin,
      probability: probabilityOf(margin),
      threshold: probabilityOf(limits.present),
      seen,
    }
  })
}
