import { Button, Progress } from '@mantine/core'
import type { Progress as ProgressValue } from '../../state/appState.ts'
import { formatFraction } from '../text/formatScore.ts'
import { formatRemaining } from '../text/formatTime.ts'
import { useElapsedSeconds } from './useElapsedSeconds.ts'
import styles from './workProgress.module.css'

interface WorkProgressProps {
  readonly progress: ProgressValue | null
  readonly onCancel?: () => void
  readonly testId: string
}

/** What is being done, how far it is, for how long it has run and will still run, and a way out. */
export function WorkProgress({ progress, onCancel, testId }: WorkProgressProps) {
  const elapsedSeconds = useElapsedSeconds()
  const label = progress?.label ?? 'Working'
  const fraction = progress?.fraction ?? null
  const remaining = formatRemaining(progress?.remainingMs)
  return (
    <div className={styles.work} data-testid={testId}>
      <div className={styles.line}>
        <span className={styles.label}>{label}</span>
        <span className={styles.numbers}>
          {formatFraction(fraction)} <span className={styles.elapsed}>{remaining || `${elapsedSeconds} s`}</span>
        </span>
      </div>
      <Progress
        size="xs"
        value={fraction === null ? 100 : fraction * 100}
        animated={fraction === null}
        striped={fraction === null}
        aria-label={label}
      />
      {onCancel && (
        <Button size="compact-xs" variant="default" className={styles.cancel} onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}
