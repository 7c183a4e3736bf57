import { Button } from '@mantine/core'
import { IconFile, IconFolder, IconLungs } from '@tabler/icons-react'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import { Region } from '../shell/Region.tsx'
import { WorkProgress } from '../shell/WorkProgress.tsx'
import { GroundTruth } from './GroundTruth.tsx'
import { RecentList } from './RecentList.tsx'
import { SeriesList } from './SeriesList.tsx'
import styles from './studies.module.css'

function OpenButtons() {
  const { inputs } = useAppContext()
  const actions = useActions()
  return (
    <div className={styles.open}>
      <div className={styles.openRow}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFile size="0.9375rem" />}
          onClick={() => inputs.files.current?.click()}
        >
          Files
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFolder size="0.9375rem" />}
          onClick={() => inputs.folder.current?.click()}
        >
          Folder
        </Button>
      </div>
      <Button
        size="xs"
        variant="default"
        fullWidth
        leftSection={<IconLungs size="0.9375rem" />}
        data-testid="demo-button"
        onClick={() => actions.openDemo()}
      >
        Demo case
      </Button>
      <p className={styles.dropHint}>or drop a folder, zip or NIfTI file anywhere in the window</p>
    </div>
  )
}

/** Before the first study the stage shows it, large. */
function OpeningProgress() {
  const actions = useActions()
  const isOpening = useApp((state) => state.study.phase === 'working' && state.study.current !== null)
  const progress = useApp((state) => state.study.progress)
  if (!isOpening) return null
  return (
    <div className={styles.section}>
      <WorkProgress progress={progress} onCancel={() => actions.cancelWork()} testId="opening-progress" />
    </div>
  )
}

/** Where studies come from: open buttons, the series of the last drop, studies of this visit. */
export function StudiesPanel() {
  return (
    <Region title="Studies" testId="studies-panel">
      <OpenButtons />
      <OpeningProgress />
      <SeriesList />
      <RecentList />
      <GroundTruth />
    </Region>
  )
}
