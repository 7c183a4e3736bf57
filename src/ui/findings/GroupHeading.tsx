import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { RowGroup } from '../../domain/findings/arrangement.ts'
import { useCommand } from '../parts/useCommand.ts'
import styles from './findings.module.css'

const TITLES: Readonly<Record<RowGroup, string>> = {
  own: 'Yours',
  ranked: 'The model’s',
  'to-resolve': 'To resolve',
  agreed: 'Agreed',
  said: 'Said',
  others: 'Others',
}

interface GroupHeadingProps {
  readonly group: RowGroup
  readonly count: number
  /** Null where the group cannot be folded. */
  readonly isOpen: boolean | null
}

/** Over the rows of a group, with their number; those that nothing was said of are folded and unfolded by it. */
export function GroupHeading({ group, count, isOpen }: GroupHeadingProps) {
  const { tip, ariaKeys, run } = useCommand('findings.others')
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <li className={styles.group} data-testid={`group-${group}`} data-count={count}>
      <h3 className={styles.groupTitle}>
        {isOpen === null ? (
          <>
            {TITLES[group]} <span className={styles.groupCount}>{count}</span>
          </>
        ) : (
          <UnstyledButton
            className={styles.fold}
            aria-expanded={isOpen}
            title={tip}
            aria-keyshortcuts={ariaKeys}
            data-roving
            data-testid="fold-others"
            onClick={run}
          >
            {TITLES[group]} <span className={styles.groupCount}>{count}</span>
            <Chevron size="0.8125rem" stroke={1.8} />
          </UnstyledButton>
        )}
      </h3>
    </li>
  )
}
