import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { UtteranceItem } from '../../state/appState.ts'
import { useActions, useAppContext } from '../appContext.ts'
import styles from './dictation.module.css'

/** The text of an utterance in place: Enter keeps it, Escape leaves it as it was. */
export function TextEditor({ item, number }: { readonly item: UtteranceItem; readonly number: number }) {
  const actions = useActions()
  const { dialogs } = useAppContext()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(item.edits.text ?? item.transcript ?? '')
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(-1, -1)
  }, [])
  const close = () => {
    dialogs.edit(null)
    document.querySelector<HTMLElement>(`[data-testid="edit-${CSS.escape(item.id)}"]`)?.focus()
  }
  const save = (corrected: string | null) => {
    actions.setText(item.id, corrected)
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) save(text)
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.editor}>
      <textarea
        ref={field}
        className={styles.editorField}
        aria-label={`Text of utterance ${number}`}
        title="Enter: keep. Esc: leave it as it was."
        placeholder={item.transcript ?? undefined}
        data-testid="edit-field"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.editorButtons}>
        <Button size="compact-xs" data-testid="edit-keep" onClick={() => save(text)}>
          Keep
        </Button>
        <Button size="compact-xs" variant="default" onClick={close}>
          Leave
        </Button>
        {item.edits.text !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            data-testid="edit-as-heard"
            onClick={() => save(null)}
          >
            As heard
          </Button>
        )}
      </div>
    </div>
  )
}
