import { IconArrowBackUp } from '@tabler/icons-react'
import { isMeasureLatest } from '../../state/measuresState.ts'
import { useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { useFindingLabel } from '../text/findingLabel.ts'
import { describeChange } from './changeText.ts'
import styles from './dictation.module.css'

/** Takes the last change by hand back. */
export function UndoOffer() {
  const change = useRead(({ dictation: { changes }, measures }) =>
    isMeasureLatest(measures, changes.length) ? null : (changes.at(-1) ?? null),
  )
  const toLabel = useFindingLabel()
  if (!change) return null
  return (
    <span className={styles.undo} role="status">
      <span className={styles.undoText}>{describeChange(change, toLabel)}</span>
      <CommandButton
        command="speak.undo"
        size="compact-xs"
        leftSection={<IconArrowBackUp size="0.875rem" />}
        data-testid="undo-change"
      >
        Undo
      </CommandButton>
    </span>
  )
}
