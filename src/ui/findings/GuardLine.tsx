import { selectHasFindings, selectRead } from '../../state/selectors.ts'
import { useApp } from '../appContext.ts'
import styles from './findings.module.css'

/** Stands beside scores that nothing has held against the scans the model knows. */
export function GuardLine() {
  const isShown = useApp(
    (state) =>
      !state.model.isGuarded && selectHasFindings(state) && selectRead(state).findings.outOfDistribution === null,
  )
  if (!isShown) return null
  return (
    <p
      className={styles.uncalibrated}
      data-testid="unguarded"
      title="The pack brings no statistics of the scans it was trained on. That this one shows a chest was checked, and no more."
    >
      Nothing checks whether this scan is one the model knows.
    </p>
  )
}
