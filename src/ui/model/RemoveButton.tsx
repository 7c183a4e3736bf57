import { Button } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import styles from './packs.module.css'

interface RemoveButtonProps {
  readonly label: string
  readonly question: string
  readonly testId: string
  readonly onRemove: () => void
}

/** A gigabyte is not brought back by an undo: the second press asks once. */
export function RemoveButton({ label, question, testId, onRemove }: RemoveButtonProps) {
  const [isAsking, setAsking] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const keep = () => {
    setAsking(false)
    // The button that had the focus goes; without this the page would lose it.
    requestAnimationFrame(() => first.current?.focus())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    keep()
  }
  if (!isAsking) {
    return (
      <Button
        ref={first}
        size="compact-xs"
        variant="default"
        data-testid={testId}
        aria-label={question.replace(/\?$/, '')}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape answers the question, as in any dialog
    <div className={styles.question} onKeyDown={onKeyDown}>
      <span role="alert">{question}</span>
      <Button size="compact-xs" color="red" data-autofocus autoFocus data-testid={`${testId}-yes`} onClick={onRemove}>
        {label}
      </Button>
      <Button size="compact-xs" variant="default" onClick={keep}>
        Keep
      </Button>
    </div>
  )
}
