import { IconArrowBackUp } from '@tabler/icons-react'
import { useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import styles from './dictation.module.css'

/** Takes the last change by hand back, where it was one of the dictation. */
export function UndoOffer() {
  const text = useRead(({ history: { undo } }) => (undo?.kind === 'words' ? undo.text : null))
  if (text === null) return null
  return (
    <span className={styles.undo} role="status">
      <span className={styles.undoText}>{text}</span>
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
