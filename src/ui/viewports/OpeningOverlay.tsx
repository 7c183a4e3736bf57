import { Button, Loader } from '@mantine/core'
import { useActions, useApp } from '../appContext.ts'
import styles from './stage.module.css'

/** Over the views of a similar case until it is there. */
export function OpeningOverlay() {
  const actions = useActions()
  const isOpening = useApp((state) => state.desk.comparisonPhase === 'working')
  if (!isOpening) return null
  return (
    <div className={styles.overlay}>
      <div className={styles.waiting}>
        <Loader size="sm" /> Opening the similar case
        <Button size="compact-xs" variant="default" data-testid="cancel-case" onClick={() => actions.cancelWork()}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
