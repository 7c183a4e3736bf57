import { Loader } from '@mantine/core'
import { useApp } from '../appContext.ts'
import styles from './stage.module.css'

/** Over the views of a similar case until it is there. */
export function OpeningOverlay() {
  const isOpening = useApp((state) => state.desk.comparisonPhase === 'working')
  if (!isOpening) return null
  return (
    <div className={styles.overlay}>
      <div className={styles.waiting}>
        <Loader size="sm" /> Opening the similar case
      </div>
    </div>
  )
}
