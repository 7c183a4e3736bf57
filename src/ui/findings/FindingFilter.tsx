import { SegmentedControl } from '@mantine/core'
import { useRead } from '../appContext.ts'
import { countRows, type FilterName } from './filterRows.ts'
import styles from './findings.module.css'

const FILTERS: readonly { readonly value: FilterName; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'seen', label: 'Seen' },
  { value: 'said', label: 'Said' },
  { value: 'differ', label: 'Differ' },
]

interface FindingFilterProps {
  readonly filter: FilterName
  readonly onChange: (filter: FilterName) => void
}

/** Summary and filter in one: how many were seen, said, and differ. */
export function FindingFilter({ filter, onChange }: FindingFilterProps) {
  const rows = useRead((study) => study.findings.rows)
  const data = FILTERS.map(({ value, label }) => ({ value, label: `${label} ${countRows(rows, value)}` }))
  return (
    <div className={styles.filter}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Findings shown"
        data={data}
        value={filter}
        onChange={(value) => onChange(value as FilterName)}
      />
    </div>
  )
}
