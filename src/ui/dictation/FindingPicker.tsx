import { SegmentedControl } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import { STATUS_TEXT, type Status } from '../../domain/statements/statement.ts'
import { useActions, useApp } from '../appContext.ts'
import { isMatch } from '../text/isMatch.ts'
import styles from './dictation.module.css'
import { STATUSES, toTitle } from './statusSigns.ts'

interface FindingPickerProps {
  readonly utteranceId: string
  onDone(): void
}

const STATUS_DATA = STATUSES.map((value) => ({ value, label: toTitle(STATUS_TEXT[value]) }))

/** The reader's own first, then the pack's. */
function useAllFindings() {
  const ofPack = useApp(({ model }) => model.findings)
  const own = useApp((state) => state.own.findings)
  return [...own, ...ofPack]
}

/** The status that it gets, a field, and the findings of the pack and of the reader's own that fit what is typed: by label and by other words for it. */
export function FindingPicker({ utteranceId, onDone }: FindingPickerProps) {
  const actions = useActions()
  const findings = useAllFindings()
  const listId = useId()
  const [status, setStatus] = useState<Status>('present')
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const found = findings.filter(({ label, synonyms }) => isMatch([label, ...synonyms].join('\n'), text.trim()))

  const choose = (at: number) => {
    if (!found[at]) return
    actions.setStatus(utteranceId, { findingId: found[at].id, status })
    onDone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setActive(Math.min(Math.max(active + step, 0), found.length - 1))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(active)
    else return
    event.preventDefault()
  }
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Said to be"
        data={STATUS_DATA}
        value={status}
        onChange={(value) => setStatus(value as Status)}
      />
      <input
        className={styles.pickerField}
        type="text"
        role="combobox"
        aria-label="Finding to add"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={found[active] && `${listId}-${active}`}
        placeholder="Name or another word for it"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        data-testid="add-field"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="Findings" className={styles.pickerList} tabIndex={-1}>
        {found.map(({ id, label }, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field above keeps focus and keys
          <div
            key={id}
            id={`${listId}-${at}`}
            ref={(option) => {
              if (at === active) option?.scrollIntoView({ block: 'nearest' })
            }}
            role="option"
            className={styles.option}
            aria-selected={at === active}
            data-testid={`add-${id}`}
            onClick={() => choose(at)}
          >
            {label}
          </div>
        ))}
        {found.length === 0 && <p className={styles.pickerNone}>{`No finding is called “${text.trim()}”.`}</p>}
      </div>
    </>
  )
}
