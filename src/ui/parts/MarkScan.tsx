import { SegmentedControl } from '@mantine/core'
import { canMark } from '../../commands/stateReads.ts'
import type { FindingId } from '../../domain/findings/finding.ts'
import { useActions, useApp } from '../appContext.ts'

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

/** How the scan that is read is marked as to a finding of the reader's own. */
export function MarkScan({ id, label, mark }: MarkScanProps) {
  const actions = useActions()
  const isReady = useApp(canMark)
  return (
    <SegmentedControl
      size="xs"
      aria-label={`This scan and ${label}`}
      data={DATA}
      disabled={!isReady}
      value={mark ?? 'none'}
      onChange={(value) => actions.markScan({ id }, value === 'none' ? null : value === 'present')}
      data-testid={`mark-${id}`}
    />
  )
}
