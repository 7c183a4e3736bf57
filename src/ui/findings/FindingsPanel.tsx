import { IconSchool } from '@tabler/icons-react'
import { useState } from 'react'
import { selectHasFindings, selectHasReading } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { Region } from '../parts/Region.tsx'
import { RightTabs } from '../parts/RightTabs.tsx'
import { CalibrationLine } from './CalibrationLine.tsx'
import { ExportButton } from './ExportButton.tsx'
import { FindingFilter } from './FindingFilter.tsx'
import { SearchButton, SearchField } from './FindingSearch.tsx'
import { FindingsStatus } from './FindingsStatus.tsx'
import { FindingTable } from './FindingTable.tsx'
import { ForeignCard } from './ForeignCard.tsx'
import type { FilterName } from './filterRows.ts'
import styles from './findings.module.css'
import { GuardLine } from './GuardLine.tsx'
import { HeatLegend } from './HeatLegend.tsx'
import { ModelLine } from './ModelLine.tsx'
import { NoFindings } from './NoFindings.tsx'

/** Seen by the model beside said by the person, the findings of the pack ranked. */
export function FindingsPanel() {
  const [filter, setFilter] = useState<FilterName>('all')
  const [search, setSearch] = useState<string | null>(null)
  const hasRows = useApp(selectHasFindings)
  // On a scan that the scores do not apply to there is nothing seen to count.
  const isForeign = useRead((study) => study.findings.outOfDistribution !== null)
  // What the reader teaches is marked on any scan.
  const hasOwn = useRead(({ findings }) => findings.rows.some((row) => row.own !== undefined))
  const canExport = useApp(selectHasReading)
  const head = (
    <>
      <ForeignCard />
      <FindingsStatus />
      <CalibrationLine />
      <GuardLine />
      {hasRows && !isForeign && <FindingFilter filter={filter} onChange={setFilter} />}
      {hasRows && search !== null && <SearchField text={search} onChange={setSearch} onClose={() => setSearch(null)} />}
    </>
  )
  const aside = (
    <span className={styles.aside}>
      {hasRows && <SearchButton isOpen={search !== null} onToggle={() => setSearch(search === null ? '' : null)} />}
      <CommandIcon command="own.page" data-testid="own-button">
        <IconSchool size="1rem" stroke={1.6} />
      </CommandIcon>
      {canExport && <ExportButton />}
    </span>
  )
  const foot = (
    <>
      <HeatLegend />
      <ModelLine />
    </>
  )
  return (
    <Region title="Findings" testId="findings-panel" tabs={<RightTabs />} aside={aside} head={head} foot={foot}>
      {hasRows || (isForeign && hasOwn) ? (
        <FindingTable filter={isForeign ? 'all' : filter} search={search ?? ''} />
      ) : (
        <NoFindings />
      )}
    </Region>
  )
}
