import { Button, Modal } from '@mantine/core'
import { useAppContext, useDialogs } from '../appContext.ts'
import styles from './shell.module.css'

/** The question that a command asks before it does what nothing takes back. */
export function ConfirmSheet() {
  const { dialogs } = useAppContext()
  const question = useDialogs((state) => state.question)
  return (
    <Modal
      opened={question !== null}
      onClose={() => dialogs.answer(false)}
      title={question?.text}
      size="26rem"
      zIndex={400}
      centered
      data-testid="confirm"
    >
      <div className={styles.answers}>
        <Button size="xs" variant="default" data-autofocus onClick={() => dialogs.answer(false)}>
          Leave it
        </Button>
        <Button size="xs" color="red" data-testid="confirm-yes" onClick={() => dialogs.answer(true)}>
          {question?.yes}
        </Button>
      </div>
    </Modal>
  )
}
