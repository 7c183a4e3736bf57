import { IconFile, IconFolder, IconLungs } from '@tabler/icons-react'
import { useActions, useApp } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { useKeyText } from '../parts/useCommand.ts'
import { WorkProgress } from '../parts/WorkProgress.tsx'
import { selectAllFindings } from '../text/findingLabel.ts'
import { FirstSlice } from './FirstSlice.tsx'
import styles from './stage.module.css'

function OpenChoices() {
  return (
    <div className={styles.cardButtons}>
      <CommandButton command="studies.demo" size="sm" variant="filled" leftSection={<IconLungs size="1rem" />}>
        Open the demo case
      </CommandButton>
      <CommandButton command="studies.files" size="sm" leftSection={<IconFile size="1rem" />}>
        Files
      </CommandButton>
      <CommandButton command="studies.folder" size="sm" leftSection={<IconFolder size="1rem" />}>
        Folder
      </CommandButton>
    </div>
  )
}

function Invitation() {
  const all = useApp(selectAllFindings)
  const talkKey = useKeyText('speak.talk', 'the talk button')
  return (
    <div className={styles.card}>
      <p className={styles.cardTitle}>Open a chest CT</p>
      <p className={styles.cardText}>
        Drop a DICOM folder, a zip or a NIfTI file anywhere in this window. Nothing leaves this computer.
      </p>
      <OpenChoices />
      <ol className={styles.steps}>
        <li>{`The scan is read here, and the model ranks ${all}.`}</li>
        <li>Hold {talkKey} and say what you see: it is set beside what the model sees.</li>
        <li>Choose a finding, an utterance or a similar case to see where and compared with whom.</li>
      </ol>
    </div>
  )
}

/** Before the first study: how to open one, or how far the opening is. */
export function EmptyStage() {
  const actions = useActions()
  const isOpening = useApp((state) => state.desk.phase === 'working')
  const progress = useApp((state) => state.desk.progress)
  return (
    <div className={styles.overlay} data-testid="empty-stage">
      {isOpening ? (
        <div className={styles.card}>
          <p className={styles.cardTitle}>Opening</p>
          <FirstSlice />
          <WorkProgress progress={progress} onCancel={() => actions.cancelWork()} testId="opening-progress" />
        </div>
      ) : (
        <Invitation />
      )}
    </div>
  )
}
