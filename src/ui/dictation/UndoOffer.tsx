import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useActions, useApp } from '../appContext.ts'
import styles from './dictation.module.css'

/** Brings the utterance deleted last back. */
export function UndoOffer() {
  const actions = useActions()
  const hasRemoved = useApp((state) => state.dictation.lastRemoved !== null)
  if (!hasRemoved) return null
  return (
    <span className={styles.undo} role="status">
      Utterance deleted
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconArrowBackUp size="0.875rem" />}
        data-testid="undo-remove"
        onClick={() => actions.undoRemoveUtterance()}
      >
        Undo
      </Button>
    </span>
  )
}
