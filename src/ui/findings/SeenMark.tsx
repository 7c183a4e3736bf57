import type { FindingRow } from '../../state/appState.ts'
import styles from './findings.module.css'

/** Left half of a disc of radius 5 about (6, 6). */
const HALF_DISC = 'M6 1a5 5 0 0 0 0 10z'

/** A full, half or empty disc: present, unsure, absent. */
export function SeenMark({ seen }: Pick<FindingRow, 'seen'>) {
  if (seen === null) return <span className={styles.seenMark} />
  return (
    <svg className={styles.seenMark} data-seen={seen} viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="4.5" data-full={seen === 'present'} />
      {seen === 'unsure' && <path d={HALF_DISC} />}
    </svg>
  )
}
