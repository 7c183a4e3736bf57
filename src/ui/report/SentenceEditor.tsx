import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ReportSentence } from '../../domain/dictatedReport/reportEntry.ts'
import { useActions } from '../appContext.ts'
import styles from './report.module.css'

/** The words of a sentence in place: Enter keeps them, Escape leaves them as they were. */
export function SentenceEditor({
  sentence,
  onClose,
}: {
  readonly sentence: ReportSentence
  readonly onClose: () => void
}) {
  const { rewriteSentence } = useActions()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(sentence.text)
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(-1, -1)
  }, [])
  const save = (words: string | null) => {
    rewriteSentence(sentence.id, words)
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) save(text)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.editor}>
      <textarea
        ref={field}
        className={styles.field}
        aria-label="Words of the sentence"
        title="Enter: keep. Esc: leave it as it was."
        data-testid="sentence-field"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.editorButtons}>
        <Button size="compact-xs" onClick={() => save(text)}>
          Keep
        </Button>
        <Button size="compact-xs" variant="default" onClick={onClose}>
          Leave
        </Button>
        {sentence.original !== null && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => save(null)}>
            As it came
          </Button>
        )}
      </div>
    </div>
  )
}
