import { IconArrowBackUp } from '@tabler/icons-react'
import { useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import styles from './dictation.module.css'

/** Brings the utterance deleted last back. */
export function UndoOffer() {
  const hasRemoved = useRead((study) => study.dictation.lastRemoved !== null)
  if (!hasRemoved) return null
  return (
    <span className={styles.undo} role="status">
      Utterance deleted
      <CommandButton
        command="speak.undo"
        size="compact-xs"
        leftSection={<IconArrowBackUp size="0.875rem" />}
        data-testid="undo-remove"
      >
        Undo
      </CommandButton>
    </span>
  )
}
