import { Button, Loader } from '@mantine/core'
import { useActions, useApp } from '../appContext.ts'
import styles from './stage.module.css'

/** Over the views of a study beside until it is there. */
export function OpeningOverlay() {
  const actions = useActions()
  const isCase = useApp(({ desk }) => (desk.comparisonCaseId ?? desk.openingCaseId) !== null)
  const progress = useApp(({ desk }) => desk.comparisonProgress)
  const isOpening = useApp((state) => state.desk.comparisonPhase === 'working')
  if (!isOpening) return null
  return (
    <div className={styles.overlay}>
      <div className={styles.waiting}>
        <Loader size="sm" /> {isCase ? 'Opening the similar case' : (progress?.label ?? 'Opening the study beside')}
        {progress?.fraction != null && ` ${Math.round(100 * progress.fraction)} %`}
        <Button size="compact-xs" variant="default" data-testid="cancel-case" onClick={() => actions.cancelWork()}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
