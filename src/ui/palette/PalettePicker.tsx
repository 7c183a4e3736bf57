import { VisuallyHidden } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import { ListBox, toOptionId } from './ListBox.tsx'
import styles from './palette.module.css'
import { type Picker, type PickerOptions, usePicker } from './usePicker.ts'

export interface PalettePickerProps extends PickerOptions {
  /** What is asked for, e.g. "Command" or "Window". */
  readonly label: string
  readonly placeholder: string
  /** What has been chosen before this step. */
  readonly before?: string
  /** Headings stand over the rows while nothing is typed. */
  readonly isGrouped: boolean
  /** Why a value that is typed cannot be taken. */
  readonly refusal?: string
}

interface FieldProps extends Pick<PalettePickerProps, 'label' | 'placeholder' | 'before'> {
  readonly listId: string
  readonly picker: Picker
}

function Field({ listId, picker, label, placeholder, before }: FieldProps) {
  const field = useRef<HTMLInputElement>(null)
  // The sheet gives the focus to its first step; the next one takes the place of a field that had it.
  useEffect(() => field.current?.focus(), [])
  return (
    <div className={styles.fieldRow}>
      {before !== undefined && <span className={styles.before}>{before}</span>}
      <input
        ref={field}
        className={styles.field}
        type="text"
        role="combobox"
        aria-label={before === undefined ? label : `${before}: ${label}`}
        aria-expanded
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={picker.activeIndex < 0 ? undefined : toOptionId(listId, picker.activeIndex)}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        data-testid="palette-field"
        value={picker.query}
        onChange={(event) => picker.type(event.currentTarget.value)}
        onKeyDown={picker.onKeyDown}
      />
    </div>
  )
}

/** How many rows fit, for those who do not see them; where there are none, why, for all. */
function Message({ picker, refusal }: { readonly picker: Picker; readonly refusal?: string }) {
  const { found, query, isRefused } = picker
  const message = isRefused ? refusal : found.length === 0 ? `Nothing is called “${query.trim()}”.` : undefined
  const count = found.length === 1 ? 'One entry' : `${found.length} entries`
  return (
    <>
      <VisuallyHidden role="status">{message ?? count}</VisuallyHidden>
      {message && (
        <p className={styles.message} aria-hidden>
          {message}
        </p>
      )}
    </>
  )
}

/** A field and the rows that fit what is typed into it; the best one is active. */
export function PalettePicker({ label, placeholder, before, isGrouped, refusal, ...options }: PalettePickerProps) {
  const listId = useId()
  const picker = usePicker(options)
  return (
    <>
      <Field listId={listId} picker={picker} label={label} placeholder={placeholder} before={before} />
      <Message picker={picker} refusal={refusal} />
      <ListBox
        id={listId}
        label={label}
        found={picker.found}
        activeIndex={picker.activeIndex}
        isGrouped={isGrouped && picker.query.trim() === ''}
        onPoint={picker.point}
        onChoose={picker.choose}
      />
    </>
  )
}
