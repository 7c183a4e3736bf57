import { selectHasFindings } from '../../state/selectors.ts'
import { useApp } from '../appContext.ts'
import styles from './findings.module.css'

/** Says what probabilities are worth that no validation split stands behind. */
export function CalibrationLine() {
  const isShown = useApp((state) => !state.model.isCalibrated && selectHasFindings(state))
  if (!isShown) return null
  return (
    <p
      className={styles.uncalibrated}
      data-testid="uncalibrated"
      title="This pack was made without a validation split: no share of patients stands behind a probability, and the thresholds are the model's own."
    >
      Not calibrated: order and probabilities are the model’s own.
    </p>
  )
}
