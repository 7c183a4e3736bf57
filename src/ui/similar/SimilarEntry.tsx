import { UnstyledButton } from '@mantine/core'
import { IconColumns2 } from '@tabler/icons-react'
import type { FindingId } from '../../domain/findings/ctRateFindings.ts'
import type { SimilarCase } from '../../state/appState.ts'
import { selectIsAtHand } from '../../state/selectors.ts'
import { useActions, useApp } from '../appContext.ts'
import { findingLabel } from '../text/findingLabel.ts'
import { formatCosine } from '../text/formatScore.ts'
import styles from './similar.module.css'

/** A finding of the case; one that the current case shares says why the two are alike. */
function LabelChip({ id }: { readonly id: FindingId }) {
  const isShared = useApp((state) => selectIsAtHand(state, id))
  return (
    <span className={styles.chip} data-shared={isShared} title={isShared ? 'Also seen or said here' : undefined}>
      {isShared && '✓ '}
      {findingLabel(id)}
    </span>
  )
}

interface SimilarEntryProps {
  readonly entry: SimilarCase
  readonly rank: number
  readonly isOpen: boolean
}

/** One case: a click opens it beside the current study. */
export function SimilarEntry({ entry, rank, isOpen }: SimilarEntryProps) {
  const actions = useActions()
  return (
    <li>
      <UnstyledButton
        className={styles.entry}
        aria-pressed={isOpen}
        data-testid={`similar-case-${entry.id}`}
        data-cosine={entry.cosine}
        title="Open beside this CT"
        onClick={() => (isOpen ? actions.closeComparison() : actions.openSimilarCase(entry.id))}
      >
        <span className={styles.line}>
          <span className={styles.rank}>{rank}</span>
          <span className={styles.title}>{entry.title}</span>
          <span className={styles.cosine}>{formatCosine(entry.cosine)}</span>
          <IconColumns2 className={styles.openMark} size="0.9375rem" aria-hidden />
        </span>
        <span className={styles.chips}>
          {entry.labels.length === 0 && <span className={styles.none}>None of the 18 findings</span>}
          {entry.labels.map((id) => (
            <LabelChip key={id} id={id} />
          ))}
        </span>
      </UnstyledButton>
    </li>
  )
}
