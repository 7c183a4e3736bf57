import { Button } from '@mantine/core'
import { useActions, useApp } from '../appContext.ts'
import { selectAllFindings } from '../text/findingLabel.ts'
import styles from './findings.module.css'

/** Why there are no findings, and what to do about it. Work under way and failures speak for themselves above. */
export function NoFindings() {
  const actions = useActions()
  const hasStudy = useApp((state) => state.study.current !== null)
  const isExplained = useApp(({ findings, model }) => findings.phase !== 'idle' || model.phase !== 'ready')
  const all = useApp(selectAllFindings)
  if (!hasStudy) return <p className={styles.empty}>{`Open a chest CT: ${all} are ranked here.`}</p>
  if (isExplained) return null
  return (
    <div className={styles.empty}>
      <p>This scan has not been encoded.</p>
      <Button size="compact-xs" variant="default" data-testid="encode-again" onClick={() => actions.encodeAgain()}>
        Encode it
      </Button>
    </div>
  )
}
