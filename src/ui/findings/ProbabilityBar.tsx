import type { FindingRow } from '../../state/appState.ts'
import styles from './findings.module.css'

interface ProbabilityBarProps {
  readonly probability: FindingRow['probability']
  readonly threshold: number | null
}

const toPercent = (share: number): string => `${(share * 100).toFixed(1)}%`

/** 0…1 along its width; the tick is where a finding begins to count as present. */
export function ProbabilityBar({ probability, threshold }: ProbabilityBarProps) {
  return (
    <span className={styles.bar} data-drawn>
      {probability !== null && <span className={styles.barFill} style={{ width: toPercent(probability) }} />}
      {threshold !== null && <span className={styles.barTick} style={{ left: toPercent(threshold) }} />}
    </span>
  )
}
