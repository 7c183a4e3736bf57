import { IconFile, IconFolder, IconLungs } from '@tabler/icons-react'
import { selectRead } from '../../state/selectors.ts'
import { useActions, useApp } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { Region } from '../parts/Region.tsx'
import { WorkProgress } from '../parts/WorkProgress.tsx'
import { GroundTruth } from './GroundTruth.tsx'
import { KnownList } from './KnownList.tsx'
import { PriorList } from './PriorList.tsx'
import { SeriesList } from './SeriesList.tsx'
import styles from './studies.module.css'
import { WorkList } from './WorkList.tsx'

function OpenButtons() {
  return (
    <div className={styles.open}>
      <div className={styles.openRow}>
        <CommandButton command="studies.files" size="xs" leftSection={<IconFile size="0.9375rem" />}>
          Files
        </CommandButton>
        <CommandButton command="studies.folder" size="xs" leftSection={<IconFolder size="0.9375rem" />}>
          Folder
        </CommandButton>
      </div>
      <CommandButton
        command="studies.demo"
        size="xs"
        fullWidth
        leftSection={<IconLungs size="0.9375rem" />}
        data-testid="demo-button"
      >
        Demo case
      </CommandButton>
      <p className={styles.dropHint}>or drop a folder, zip or NIfTI file anywhere in the window</p>
    </div>
  )
}

/** Before the first study the stage shows it, large. */
function OpeningProgress() {
  const actions = useActions()
  const isOpening = useApp((state) => state.desk.phase === 'working' && selectRead(state).study !== null)
  const progress = useApp((state) => state.desk.progress)
  if (!isOpening) return null
  return (
    <div className={styles.section}>
      <WorkProgress progress={progress} onCancel={() => actions.cancelWork()} testId="opening-progress" />
    </div>
  )
}

/** Where studies come from: open buttons, the work list of this visit, its series, what lies beside, what waits from earlier visits. */
export function StudiesPanel() {
  return (
    <Region title="Studies" testId="studies-panel">
      <OpenButtons />
      <OpeningProgress />
      <WorkList />
      <SeriesList />
      <PriorList />
      <KnownList />
      <GroundTruth />
    </Region>
  )
}
