/** Probability of a finding, and the one from which it counts as present. */
export interface Evidence {
  readonly probability: number
  readonly threshold: number
}

/** At the threshold. */
const HALF = 0.5
/** Of heat over a scan that the scores do not apply to: it must not look like what a model sees. */
const DOUBTFUL = 0.3
/** Of heat that was asked for below the threshold: just to be seen. */
const FAINTEST = 0.2

/**
 * How strongly the hottest place of a finding is drawn, 0…1: half at the threshold, full at certainty, linear in the probability on
 * either side. A finding of 1 % must not look like one of 99 %, which each finding scaled by its own maximum does. Null
 * evidence (a query that no probability stands behind): half. Faint at most where the scores do not apply to the scan.
 */
export function toHeatStrength(evidence: Evidence | null, doScoresApply = true): number {
  if (!doScoresApply) return Math.min(DOUBTFUL, toHeatStrength(evidence))
  if (!evidence) return HALF
  const { probability, threshold } = evidence
  if (probability >= threshold) return threshold < 1 ? HALF + (HALF * (probability - threshold)) / (1 - threshold) : 1
  return Math.max(FAINTEST, (HALF * probability) / threshold)
}

/** Heat of what the model does not see is drawn for one who asks for it. */
export const isBelowThreshold = (evidence: Evidence | null): boolean =>
  evidence !== null && !(evidence.probability >= evidence.threshold)
