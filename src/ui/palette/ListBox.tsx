import { Fragment, useEffect, useRef } from 'react'
import { KeyCaps } from '../parts/KeyCaps.tsx'
import styles from './palette.module.css'
import type { FoundRow, TitlePart } from './searchRows.ts'

interface OptionProps {
  readonly id: string
  readonly found: FoundRow
  readonly isActive: boolean
  readonly withGroup: boolean
  onPoint(): void
  onChoose(): void
}

const Title = ({ parts }: { readonly parts: readonly TitlePart[] }) =>
  parts.map(({ text, isHit }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one title have no other name than their place
    isHit ? <mark key={index}>{text}</mark> : <Fragment key={index}>{text}</Fragment>,
  )

function Option({ id, found: { row, title }, isActive, withGroup, onPoint, onChoose }: OptionProps) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field above keeps focus and keys
    <div
      ref={element}
      id={id}
      role="option"
      className={styles.option}
      aria-selected={isActive}
      aria-disabled={!row.isEnabled || undefined}
      data-testid={`palette-${row.id}`}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className={styles.optionTitle}>
        <Title parts={title} />
      </span>
      {withGroup && row.group && <span className={styles.optionGroup}>{row.group}</span>}
      <span className={styles.optionKeys}>
        {row.keys.map((name) => (
          <KeyCaps key={name} name={name} />
        ))}
      </span>
    </div>
  )
}

export interface ListBoxProps {
  readonly id: string
  readonly label: string
  readonly found: readonly FoundRow[]
  readonly activeIndex: number
  /** Headings stand over the rows instead of beside them. */
  readonly isGrouped: boolean
  onPoint(index: number): void
  onChoose(index: number): void
}

export const toOptionId = (listId: string, index: number): string => `${listId}-${index}`

/** What the palette offers: options of a combo box, which keeps the focus and says which one is active. */
export function ListBox({ id, label, found, activeIndex, isGrouped, onPoint, onChoose }: ListBoxProps) {
  const options = found.map((one, index) => (
    <Option
      key={one.row.id}
      id={toOptionId(id, index)}
      found={one}
      isActive={index === activeIndex}
      withGroup={!isGrouped}
      onPoint={() => onPoint(index)}
      onChoose={() => onChoose(index)}
    />
  ))
  const groups = isGrouped ? [...new Set(found.map(({ row }) => row.group))] : []
  return (
    <div id={id} role="listbox" aria-label={label} className={styles.list} tabIndex={-1}>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a list box has no other element for its headings
        <div key={group} role="group" aria-label={group}>
          <div className={styles.groupTitle} aria-hidden>
            {group}
          </div>
          {options.filter((_, index) => found[index].row.group === group)}
        </div>
      ))}
      {!isGrouped && options}
    </div>
  )
}
