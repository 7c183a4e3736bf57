import { Button, Progress } from '@mantine/core'
import { formatBytes } from '../../base/formatBytes.ts'
import type { PackAddition } from '../../state/appState.ts'
import { useActions } from '../appContext.ts'
import { formatDuration } from '../text/formatTime.ts'
import styles from './packs.module.css'

const STEP_TEXT: Record<PackAddition['step'], string> = {
  reading: 'Reading the manifest',
  checking: 'Checking what is there already:',
  copying: 'Copying',
  downloading: 'Downloading',
}

/** "45.2 MB/s · 9.0 s left"; empty while nothing is known. */
function toRateText({ bytesPerSecond, doneBytes, totalBytes }: PackAddition): string {
  if (bytesPerSecond === null) return ''
  const leftMs = ((totalBytes - doneBytes) / bytesPerSecond) * 1000
  return `${formatBytes(bytesPerSecond)}/s · ${leftMs < 1000 ? 'less than 1 s' : formatDuration(leftMs)} left`
}

const toStepText = ({ step, file, fileNumber, fileCount }: PackAddition): string =>
  file === null ? STEP_TEXT[step] : `${STEP_TEXT[step]} ${file}, file ${fileNumber} of ${fileCount}`

/** How far the adding of a model is, and the way out. */
export function AddingProgress({ adding }: { readonly adding: PackAddition }) {
  const actions = useActions()
  const { title, doneBytes, totalBytes } = adding
  const isKnown = totalBytes > 0
  return (
    <div className={styles.adding} data-testid="adding-pack">
      <strong>{`Adding ${title}`}</strong>
      <div className={styles.addingLine}>
        <span className={styles.step}>{toStepText(adding)}</span>
        {isKnown && <span>{`${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`}</span>}
      </div>
      <Progress
        size="xs"
        value={isKnown ? (doneBytes / totalBytes) * 100 : 100}
        animated={!isKnown}
        striped={!isKnown}
        aria-label={`Adding ${title}`}
      />
      <div className={styles.addingLine}>
        <span className={styles.dim}>{toRateText(adding)}</span>
        <Button size="compact-xs" variant="default" data-testid="cancel-adding" onClick={() => actions.cancelAddPack()}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
