import { selectNamesFindings, selectRead } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { selectAllFindings } from '../text/findingLabel.ts'
import styles from './findings.module.css'
import { NamesNothing } from './NamesNothing.tsx'

/** Why there are no findings, and what to do about it. Work under way and failures speak for themselves above. */
export function NoFindings() {
  const hasStudy = useRead((study) => study.study !== null)
  const isExplained = useApp((state) => selectRead(state).findings.phase !== 'idle' || state.model.phase !== 'ready')
  const all = useApp(selectAllFindings)
  const namesFindings = useApp(selectNamesFindings)
  const isForeign = useRead((study) => study.findings.outOfDistribution !== null)
  if (!namesFindings && !isForeign && (isExplained || !hasStudy)) return <NamesNothing />
  if (!hasStudy) return <p className={styles.empty}>{`Open a chest CT: the model ranks ${all} here.`}</p>
  if (isExplained) return null
  return (
    <div className={styles.empty}>
      <p>This scan has not been encoded.</p>
      <CommandButton command="findings.encode" size="compact-xs" data-testid="encode-again">
        Encode it
      </CommandButton>
    </div>
  )
}
