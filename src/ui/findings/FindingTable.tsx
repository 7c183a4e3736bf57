import type { KeyboardEvent } from 'react'
import { selectSelectedFindingId } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { selectAllFindings } from '../text/findingLabel.ts'
import { FindingEntry } from './FindingEntry.tsx'
import { type FilterName, filterRows, searchRows } from './filterRows.ts'
import styles from './findings.module.css'

/** Why a filter shows nothing; `all` names the findings of the pack. */
const NONE_OF_FILTER: Readonly<Record<FilterName, (all: string) => string>> = {
  all: () => '',
  seen: (all) => `The model counts none of ${all} as present.`,
  said: (all) => `Nothing has been said about any of ${all}.`,
  differ: () => 'What was seen and what was said do not differ.',
}

/** Up and down move the focus along the rows: the list is one tab stop. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const rows = [...event.currentTarget.querySelectorAll('button')]
  const index = rows.indexOf(event.target as HTMLButtonElement)
  rows[index + step]?.focus()
  event.preventDefault()
}

interface FindingTableProps {
  readonly filter: FilterName
  /** Words of a name; empty: all. */
  readonly search: string
}

export function FindingTable({ filter, search }: FindingTableProps) {
  const rows = useRead((study) => study.findings.rows)
  const isForeign = useRead((study) => study.findings.outOfDistribution !== null)
  const selectedId = useApp(selectSelectedFindingId)
  const all = useApp(selectAllFindings)
  const findings = useApp(({ model }) => model.findings)
  const ofFilter = filterRows(rows, filter)
  const shown = searchRows(ofFilter, findings, search)
  const tabStop = shown.find((row) => row.id === selectedId) ?? shown.at(0)
  if (ofFilter.length > 0 && shown.length === 0)
    return <p className={styles.empty}>{`No finding here is called “${search.trim()}”.`}</p>
  if (shown.length === 0) return <p className={styles.empty}>{NONE_OF_FILTER[filter](all)}</p>
  return (
    <>
      <div className={styles.columns} aria-hidden>
        <span>Seen</span>
        <span className={styles.columnProbability}>Prob.</span>
        <span>Said</span>
      </div>
      <ul className={styles.rows} data-foreign={isForeign} data-owns-arrows onKeyDown={moveFocus} aria-label="Findings">
        {shown.map((row) => (
          <FindingEntry key={row.id} row={row} isSelected={row.id === selectedId} isTabStop={row === tabStop} />
        ))}
      </ul>
    </>
  )
}
