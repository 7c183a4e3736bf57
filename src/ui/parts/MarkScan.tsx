import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { IconFocusCentered } from '@tabler/icons-react'
import { canMark } from '../../commands/stateReads.ts'
import type { FindingId } from '../../domain/findings/finding.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './markScan.module.css'

interface MarkScanProps {
  readonly id: FindingId
  readonly label: string
  readonly mark: 'present' | 'absent' | null
}

const DATA = [
  { value: 'present', label: 'Shows it' },
  { value: 'absent', label: 'Does not' },
  { value: 'none', label: 'No example' },
]

/** How the scan that is read is marked as to a finding of the reader's own; the place of it is that of the crosshair. */
export function MarkScan({ id, label, mark }: MarkScanProps) {
  const actions = useActions()
  const isReady = useApp(canMark)
  const here = `This scan shows ${label} at the crosshair`
  return (
    <span className={styles.mark}>
      <SegmentedControl
        size="xs"
        aria-label={`This scan and ${label}`}
        data={DATA}
        disabled={!isReady}
        value={mark ?? 'none'}
        onChange={(value) => actions.markScan({ id }, value === 'none' ? null : value === 'present')}
        data-testid={`mark-${id}`}
      />
      <Tooltip label={here}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={here}
          disabled={!isReady}
          data-testid={`mark-here-${id}`}
          onClick={() => actions.markPlaceOfScan({ id })}
        >
          <IconFocusCentered size="0.9375rem" stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}
