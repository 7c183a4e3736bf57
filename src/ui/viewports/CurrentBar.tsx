import { useApp, useRead } from '../appContext.ts'
import { formatSeries } from '../text/formatIdentity.ts'
import { selectPaneRole } from '../text/formatPrior.ts'
import styles from './stage.module.css'

/** Names the study being read while another lies beside it. */
export function CurrentBar() {
  const study = useRead((read) => read.study)
  const isShown = useApp((state) => state.view.isIdentityShown)
  const role = useApp((state) => selectPaneRole(state, 'current'))
  const title = study ? formatSeries(study, isShown) : ''
  return (
    <div className={styles.bar} data-kind="current">
      <span className={styles.barKind}>{role ?? 'This CT'}</span>
      <span className={styles.barTitle} title={title}>
        {title}
      </span>
    </div>
  )
}
