import { IconSchool } from '@tabler/icons-react'
import { useState } from 'react'
import { selectHasFindings } from '../../state/selectors.ts'
import { useApp } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { Region } from '../parts/Region.tsx'
import { CalibrationLine } from './CalibrationLine.tsx'
import { ExportButton } from './ExportButton.tsx'
import { FindingFilter } from './FindingFilter.tsx'
import { SearchButton, SearchField } from './FindingSearch.tsx'
import { FindingsStatus } from './FindingsStatus.tsx'
import { FindingTable } from './FindingTable.tsx'
import type { FilterName } from './filterRows.ts'
import styles from './findings.module.css'
import { HeatLegend } from './HeatLegend.tsx'
import { ModelLine } from './ModelLine.tsx'
import { NoFindings } from './NoFindings.tsx'
import { OutOfDistributionBanner } from './OutOfDistributionBanner.tsx'

/** Seen by the model beside said by the person, the findings of the pack ranked. */
export function FindingsPanel() {
  const [filter, setFilter] = useState<FilterName>('all')
  const [search, setSearch] = useState<string | null>(null)
  const hasRows = useApp(selectHasFindings)
  const head = (
    <>
      <OutOfDistributionBanner />
      <FindingsStatus />
      <CalibrationLine />
      {hasRows && <FindingFilter filter={filter} onChange={setFilter} />}
      {hasRows && search !== null && <SearchField text={search} onChange={setSearch} onClose={() => setSearch(null)} />}
    </>
  )
  const aside = (
    <span className={styles.aside}>
      {hasRows && <SearchButton isOpen={search !== null} onToggle={() => setSearch(search === null ? '' : null)} />}
      <CommandIcon command="own.page" data-testid="own-button">
        <IconSchool size="1rem" stroke={1.6} />
      </CommandIcon>
      {hasRows && <ExportButton />}
    </span>
  )
  const foot = (
    <>
      <HeatLegend />
      <ModelLine />
    </>
  )
  return (
    <Region title="Findings" testId="findings-panel" aside={aside} head={head} foot={foot}>
      {hasRows ? <FindingTable filter={filter} search={search ?? ''} /> : <NoFindings />}
    </Region>
  )
}
