import { ActionIcon } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { Phase } from '../../state/progress.ts'
import { useActions, useApp, useAppContext, useRead } from '../appContext.ts'
import { useCommand } from '../parts/useCommand.ts'
import styles from './similar.module.css'

/** What stands in the field: what is being typed, until another sentence becomes the query. */
function useTypedText() {
  const asked = useRead(({ similar }) => (similar.query.kind === 'text' ? similar.query.text : null))
  const studyId = useRead(({ study }) => study?.id)
  const [text, setText] = useState(asked ?? '')
  const [last, setLast] = useState({ asked, studyId })
  if (last.asked !== asked || last.studyId !== studyId) {
    setLast({ asked, studyId })
    if (asked !== null) setText(asked)
    else if (last.studyId !== studyId) setText('')
  }
  return { text, setText }
}

function toPlaceholder(phase: Phase, keyText: string | null): string {
  if (phase === 'failed') return 'Typed queries could not be loaded'
  if (phase === 'working') return 'Typed queries are loading'
  return `Find cases like …${keyText ? ` ( ${keyText} )` : ''}`
}

/** A sentence to search by, where the pack can read one: it lists cases and shows heat, as if it had been spoken. */
export function TypedQuery() {
  const actions = useActions()
  const { inputs } = useAppContext()
  const { keyText } = useCommand('cases.type')
  const phase = useApp(({ model }) => model.textPhase)
  const { text, setText } = useTypedText()
  if (phase === 'idle') return null
  const ask = (event: FormEvent) => {
    event.preventDefault()
    actions.ask(text)
  }
  const clear = () => {
    setText('')
    actions.clearTyped()
    inputs.typed.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    if (text) clear()
    else inputs.typed.current?.blur()
  }
  return (
    <search>
      <form className={styles.typed} onSubmit={ask}>
        <IconSearch className={styles.typedMark} size="0.9375rem" aria-hidden />
        <input
          ref={inputs.typed}
          className={styles.typedField}
          type="text"
          enterKeyHint="search"
          aria-label="Find cases like a typed sentence"
          placeholder={toPlaceholder(phase, keyText)}
          title="Enter: cases that resemble it, and where the model sees it. Esc: clear."
          data-testid="typed-query"
          disabled={phase !== 'ready'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {text && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label="Clear the typed sentence"
            data-testid="typed-clear"
            onClick={clear}
          >
            <IconX size="0.875rem" />
          </ActionIcon>
        )}
      </form>
    </search>
  )
}
