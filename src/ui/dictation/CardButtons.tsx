import { ActionIcon } from '@mantine/core'
import { IconPencil, IconPlayerPlayFilled, IconPlayerStopFilled, IconTrash } from '@tabler/icons-react'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import styles from './dictation.module.css'
import { keepFocusNear } from './keepFocus.ts'

/** Play, correct the text and delete, in the corner of a card. */
export function CardButtons({ itemId, number }: { readonly itemId: string; readonly number: number }) {
  const actions = useActions()
  const { dialogs } = useAppContext()
  const isPlaying = useApp((state) => state.microphone.playingUtteranceId === itemId)
  const remove = (button: HTMLElement) => {
    const keepFocus = keepFocusNear(button, button.closest('ol'), '[data-testid^="remove-"]')
    actions.removeUtterance(itemId)
    keepFocus()
  }
  return (
    <div className={styles.cardButtons}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={isPlaying ? `Stop utterance ${number}` : `Play utterance ${number}`}
        data-testid={`play-${itemId}`}
        onClick={() => actions.playUtterance(itemId)}
      >
        {isPlaying ? <IconPlayerStopFilled size="0.8125rem" /> : <IconPlayerPlayFilled size="0.8125rem" />}
      </ActionIcon>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={`Correct the text of utterance ${number}`}
        title="Correct the text"
        data-testid={`edit-${itemId}`}
        onClick={() => dialogs.edit(itemId)}
      >
        <IconPencil size="0.875rem" />
      </ActionIcon>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={`Delete utterance ${number}`}
        data-testid={`remove-${itemId}`}
        onClick={({ currentTarget }) => remove(currentTarget)}
      >
        <IconTrash size="0.875rem" />
      </ActionIcon>
    </div>
  )
}
