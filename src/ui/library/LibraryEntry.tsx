import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { OwnCaseItem, OwnLibrariesState } from '../../state/appState.ts'
import { useActions } from '../appContext.ts'
import { formatCount } from '../text/formatCount.ts'
import styles from './library.module.css'

interface ToolProps {
  readonly label: string
  readonly testId: string
  onClick(): void
  readonly children: ReactNode
}

const Tool = ({ label, testId, onClick, children }: ToolProps) => (
  <Tooltip label={label}>
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} data-testid={testId} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
)

function CaseLine({ item }: { readonly item: OwnCaseItem }) {
  const actions = useActions()
  const { id, title, where, present, absent } = item
  const labels = [...present, ...absent.map((label) => `no ${label}`)].join(', ')
  return (
    <li className={styles.case} data-testid={`own-case-${id}`}>
      <span className={styles.caseText}>
        {title}
        <span className={styles.note}>{[labels, where].filter(Boolean).join(' · ')}</span>
      </span>
      <Tool label={`Remove ${title}`} testId={`remove-${id}`} onClick={() => actions.removeOwnCase(id)}>
        <IconTrash size="0.875rem" stroke={1.6} />
      </Tool>
    </li>
  )
}

/** One library of the reader's own with its cases, the newest first. */
export function LibraryEntry({ title, cases }: OwnLibrariesState['libraries'][number]) {
  const actions = useActions()
  const size = `${formatCount(cases.length)} ${cases.length === 1 ? 'case' : 'cases'}`
  return (
    <li className={styles.library} data-testid="own-library">
      <div className={styles.line}>
        <strong className={styles.title}>{title}</strong>
        <span className={styles.note}>{size}</span>
        <span className={styles.space} />
        <Tool label={`Export ${title}`} testId="library-export" onClick={() => actions.exportOwnLibrary(title)}>
          <IconDownload size="0.9375rem" stroke={1.6} />
        </Tool>
        <Tool label={`Delete ${title}`} testId="library-remove" onClick={() => actions.removeOwnLibrary(title)}>
          <IconTrash size="0.9375rem" stroke={1.6} />
        </Tool>
      </div>
      <ul className={styles.cases} aria-label={`Cases of ${title}`}>
        {cases.toReversed().map((item) => (
          <CaseLine key={item.id} item={item} />
        ))}
      </ul>
    </li>
  )
}
