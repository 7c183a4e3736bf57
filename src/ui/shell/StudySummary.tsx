import { useApp } from '../appContext.ts'
import { formatSize, formatSpacingMm } from '../text/formatCt.ts'
import styles from './topBar.module.css'

/** Title, size and spacing of the study being read. */
export function StudySummary() {
  const study = useApp((state) => state.study.current)
  if (!study) return <div className={styles.summary} />
  const details = `${formatSize(study.size)} · ${formatSpacingMm(study.spacingMm)}`
  return (
    <div className={styles.summary} title={`${study.title}\n${study.origin}\n${details}`}>
      <span className={styles.studyTitle} data-testid="study-title">
        {study.title}
      </span>
      <span className={styles.studyDetails}>{details}</span>
    </div>
  )
}
