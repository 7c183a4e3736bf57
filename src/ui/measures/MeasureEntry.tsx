import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCurrentLocation, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { findCounterpart } from '../../domain/measure/counterpart.ts'
import { KIND_NAMES, toLines } from '../../domain/measure/measureText.ts'
import type { ReadMeasure } from '../../domain/measure/readMeasure.ts'
import { selectBesideMeasures } from '../../state/selectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { toKind } from '../text/formatPrior.ts'
import styles from './measures.module.css'

/** Its name, which can be typed over; an arrow that has just been drawn asks for its text. */
function MeasureName({ item: { measure }, isSelected }: { readonly item: ReadMeasure; readonly isSelected: boolean }) {
  const { renameMeasure } = useActions()
  const input = useRef<HTMLInputElement>(null)
  const { id, label, kind } = measure
  const asks = kind === 'arrow' && label === '' && isSelected
  useEffect(() => {
    if (asks) input.current?.focus()
  }, [asks])
  return (
    <input
      ref={input}
      key={label}
      className={styles.name}
      aria-label={`Name of the ${KIND_NAMES[kind].toLowerCase()}`}
      defaultValue={label}
      placeholder={KIND_NAMES[kind]}
      onBlur={(event) => renameMeasure(id, event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = label
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

/** What it is about. */
function useTieText({ measure: { tie } }: ReadMeasure): string | null {
  const finding = useApp(
    ({ model, own }) => [...model.findings, ...own.findings].find(({ id }) => id === tie?.id)?.label,
  )
  const said = useRead(({ dictation }) => dictation.utterances.find(({ id }) => id === tie?.id)?.transcript)
  if (!tie) return null
  return tie.kind === 'finding' ? (finding ?? 'a finding of another model') : `“${said ?? 'what was said'}”`
}

/** What the study beside has of the same. */
function PriorValues({ item }: { readonly item: ReadMeasure }) {
  const others = useApp(selectBesideMeasures)
  const kind = useApp(({ desk }) => (desk.prior ? toKind(desk.prior).toLowerCase() : null))
  const found = kind === null ? null : findCounterpart(item, others)
  if (!found) return null
  return (
    <span className={styles.tie} data-testid="measure-prior">
      {` ${kind}: ${toLines(found.values, found.measure).join(' · ')}`}
    </span>
  )
}

export function MeasureEntry({ item }: { readonly item: ReadMeasure }) {
  const { showMeasure, recolorMeasure, removeMeasure } = useActions()
  const isSelected = useRead((study) => study.measures.selectedId === item.measure.id)
  const tie = useTieText(item)
  const { id, color, kind, label } = item.measure
  const name = label || KIND_NAMES[kind]
  return (
    <li className={styles.entry} data-selected={isSelected} data-testid="measure">
      <Tooltip label="Next colour">
        <button
          type="button"
          className={styles.dot}
          data-color={color}
          aria-label={`Colour of ${name}: ${color}; press for the next`}
          onClick={() => recolorMeasure(id)}
        />
      </Tooltip>
      <MeasureName item={item} isSelected={isSelected} />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Show ${name}`}
        data-testid="measure-show"
        onClick={() => showMeasure(id)}
      >
        <IconCurrentLocation size="0.875rem" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Delete ${name}`}
        onClick={() => removeMeasure(id)}
      >
        <IconTrash size="0.875rem" />
      </ActionIcon>
      <span className={styles.values}>
        {toLines(item.values, item.measure).join(' · ')}
        {tie && <span className={styles.tie}> {tie}</span>}
        <PriorValues item={item} />
      </span>
    </li>
  )
}
