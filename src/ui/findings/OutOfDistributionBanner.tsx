import { IconAlertTriangle } from '@tabler/icons-react'
import { useRead } from '../appContext.ts'
import { formatFigure } from '../text/formatScore.ts'
import styles from './findings.module.css'

/** Says that the scores do not apply, and by how much the scan is foreign. */
export function OutOfDistributionBanner() {
  const foreign = useRead((study) => study.findings.outOfDistribution)
  if (!foreign) return null
  return (
    <div className={styles.foreign} role="alert" data-testid="ood-banner">
      <IconAlertTriangle size="1rem" />
      <div>
        <p>
          <strong>The scores do not apply to this scan.</strong> It lies outside what the model was trained on.
        </p>
        <p className={styles.foreignNumbers}>
          Distance {formatFigure(foreign.distance)}, limit {formatFigure(foreign.limit)}
        </p>
      </div>
    </div>
  )
}
