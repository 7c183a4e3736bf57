import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { IconDownload, IconPencil, IconTrash } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { parseSynonyms } from '../../domain/findings/taught/ownWords.ts'
import type { OwnFindingItem } from '../../state/appState.ts'
import { useActions, useApp } from '../appContext.ts'
import { MarkScan } from '../parts/MarkScan.tsx'
import { formatExamples, toNextStep } from '../text/ownText.ts'
import styles from './own.module.css'

/** Name and other words for it, to be changed. */
function OwnNames({ item, onDone }: { readonly item: OwnFindingItem; onDone(): void }) {
  const actions = useActions()
  const [label, setLabel] = useState(item.label)
  const [synonyms, setSynonyms] = useState(item.synonyms.join(', '))
  const save = (event: FormEvent) => {
    event.preventDefault()
    actions.renameOwnFinding(item.id, label, parseSynonyms(synonyms))
    onDone()
  }
  return (
    <form className={styles.names} onSubmit={save}>
      <TextInput
        size="xs"
        label="Name"
        data-autofocus
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-testid={`own-label-${item.id}`}
      />
      <TextInput
        size="xs"
        label="Also said as (commas between)"
        value={synonyms}
        onChange={(event) => setSynonyms(event.currentTarget.value)}
        data-testid={`own-words-${item.id}`}
      />
      <Button type="submit" size="xs" variant="default" data-testid={`own-save-${item.id}`}>
        Save
      </Button>
    </form>
  )
}

interface ToolProps {
  readonly label: string
  readonly testId: string
  onClick(): void
  readonly children: ReactNode
}

const Tool = ({ label, testId, onClick, children }: ToolProps) => (
  <Tooltip label={label}>
    <ActionIcon variant="subtle" color="gray" aria-label={label} data-testid={testId} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
)

/** One finding of the reader's own: what it is learnt from, how good it is, and how this scan is marked. */
export function OwnEntry({ item }: { readonly item: OwnFindingItem }) {
  const actions = useActions()
  const [isEditing, setEditing] = useState(false)
  const mark = useApp(({ desk }) => item.marks[desk.readId ?? ''] ?? null)
  const { id, label, synonyms, prompt, unheard } = item
  return (
    <li className={styles.entry} data-testid={`own-entry-${id}`} data-fitted={item.isFitted}>
      <div className={styles.line}>
        <strong className={styles.label}>{label}</strong>
        <span className={styles.count}>{formatExamples(item)}</span>
        <span className={styles.space} />
        <MarkScan id={id} label={label} mark={mark} />
        <Tool label={`Change the words for ${label}`} testId={`own-edit-${id}`} onClick={() => setEditing(!isEditing)}>
          <IconPencil size="0.9375rem" stroke={1.6} />
        </Tool>
        <Tool label={`Export ${label}`} testId={`own-export-${id}`} onClick={() => actions.exportOwnFindings(id)}>
          <IconDownload size="0.9375rem" stroke={1.6} />
        </Tool>
        <Tool label={`Delete ${label}`} testId={`own-remove-${id}`} onClick={() => actions.removeOwnFinding(id)}>
          <IconTrash size="0.9375rem" stroke={1.6} />
        </Tool>
      </div>
      {isEditing && <OwnNames item={item} onDone={() => setEditing(false)} />}
      {synonyms.length > 0 && !isEditing && <p className={styles.note}>{`Also said as: ${synonyms.join(', ')}`}</p>}
      {unheard.length > 0 && (
        <p
          className={styles.warning}
        >{`Not heard in what is said: ${unheard.join(', ')}. Add a word in Latin letters.`}</p>
      )}
      {prompt !== null && !item.isFitted && <p className={styles.note}>{`Scored by the words “${prompt}” alone.`}</p>}
      {item.places > 0 && (
        <p className={styles.note}>{`Led by ${item.places} marked ${item.places === 1 ? 'place' : 'places'}.`}</p>
      )}
      <p className={styles.note}>{toNextStep(item)}</p>
    </li>
  )
}
