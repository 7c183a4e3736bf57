import { UnstyledButton } from '@mantine/core'
import { memo } from 'react'
import type { FindingRow } from '../../state/appState.ts'
import { selectPrevalence } from '../../state/selectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { formatProbability } from '../text/formatScore.ts'
import { formatExamples } from '../text/ownText.ts'
import { FindingDetail } from './FindingDetail.tsx'
import styles from './findings.module.css'
import { describeFinding, toDifferenceText, toFindingTitle } from './findingText.ts'
import { describeMentions, type NumberedMention } from './mentions.ts'
import { OwnDetail } from './OwnDetail.tsx'
import { ProbabilityBar } from './ProbabilityBar.tsx'
import { SaidMark } from './SaidMark.tsx'
import { SeenMark } from './SeenMark.tsx'

interface FindingEntryProps {
  readonly row: FindingRow
  /** Those that decide what was said of it. */
  readonly mentions: readonly NumberedMention[]
  readonly isSelected: boolean
  readonly isTabStop: boolean
}

/**
 * One finding: seen mark, label over its bar, probability, what was said, and how the two differ. The one that is chosen shows
 * the words that decided.
 */
export const FindingEntry = memo(function FindingEntry({ row, mentions, isSelected, isTabStop }: FindingEntryProps) {
  const actions = useActions()
  const prevalence = useApp((state) => selectPrevalence(state, row.id))
  const difference = toDifferenceText(row)
  const isForeign = useRead((study) => study.findings.outOfDistribution !== null)
  return (
    <li>
      <UnstyledButton
        className={styles.row}
        aria-pressed={isSelected}
        tabIndex={isTabStop ? 0 : -1}
        aria-label={describeFinding(row, isForeign)}
        title={[
          toFindingTitle(row, prevalence, isForeign),
          mentions.length > 0 && `Said in ${describeMentions(mentions)}`,
        ]
          .filter(Boolean)
          .join('. ')}
        data-roving
        data-testid={`finding-row-${row.id}`}
        data-seen={isForeign ? '' : (row.seen ?? '')}
        data-said={row.said}
        data-probability={row.probability ?? ''}
        data-agreement={row.agreement ?? ''}
        data-own={row.own?.by}
        onClick={() => actions.selectFinding(row.id)}
      >
        <SeenMark seen={isForeign ? null : row.seen} />
        <span className={styles.labelCell}>
          <span className={styles.label}>
            {row.label}
            {row.own && <span className={styles.examples}>{formatExamples(row.own)}</span>}
          </span>
          <ProbabilityBar probability={row.probability} threshold={row.threshold ?? null} />
        </span>
        <span className={styles.probability}>{formatProbability(row.probability)}</span>
        <span className={styles.saidCell}>
          <SaidMark said={row.said} />
          {difference && <span className={styles.difference}>{difference}</span>}
        </span>
      </UnstyledButton>
      {isSelected && row.own && <OwnDetail id={row.id} />}
      {isSelected && mentions.length > 0 && <FindingDetail row={row} mentions={mentions} />}
    </li>
  )
})
