import { useRead } from '../appContext.ts'
import styles from './stage.module.css'

/** Names the study on the left while a similar case lies beside it. */
export function CurrentBar() {
  const title = useRead((study) => study.study?.title ?? '')
  return (
    <div className={styles.bar} data-kind="current">
      <span className={styles.barKind}>This CT</span>
      <span className={styles.barTitle} title={title}>
        {title}
      </span>
    </div>
  )
}
