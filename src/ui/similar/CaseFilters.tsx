import {
  ActionIcon,
  Indicator,
  MultiSelect,
  NumberInput,
  Popover,
  Select,
  Stack,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { selectIsFiltered } from '../../state/querySelectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import styles from './query.module.css'

function FindingChoice() {
  const actions = useActions()
  const findings = useApp(({ model }) => model.findings)
  const chosen = useRead(({ similar }) => similar.filter.findingIds)
  return (
    <MultiSelect
      size="xs"
      label="Cases that have"
      placeholder={chosen.length === 0 ? 'any finding' : undefined}
      data={findings.map(({ id, label }) => ({ value: id, label }))}
      value={[...chosen]}
      onChange={(findingIds) => actions.filterCases({ findingIds })}
      comboboxProps={{ withinPortal: false }}
      searchable
      clearable
    />
  )
}

function AgeChoice({ from, to }: { readonly from: number; readonly to: number }) {
  const actions = useActions()
  const { ageFrom, ageTo } = useRead(({ similar }) => similar.filter)
  const toAge = (value: number | string) => (value === '' ? null : Number(value))
  const shared = { size: 'xs', min: 0, max: 130, allowDecimal: false, hideControls: true } as const
  return (
    <div className={styles.pair}>
      <NumberInput
        {...shared}
        label="Years from"
        placeholder={String(Math.floor(from))}
        value={ageFrom ?? ''}
        onChange={(value) => actions.filterCases({ ageFrom: toAge(value) })}
      />
      <NumberInput
        {...shared}
        label="Years to"
        placeholder={String(Math.ceil(to))}
        value={ageTo ?? ''}
        onChange={(value) => actions.filterCases({ ageTo: toAge(value) })}
      />
    </div>
  )
}

function DateChoice({ from, to }: { readonly from: string; readonly to: string }) {
  const actions = useActions()
  const { dateFrom, dateTo } = useRead(({ similar }) => similar.filter)
  const shared = { type: 'date', size: 'xs', min: from, max: to } as const
  return (
    <div className={styles.pair}>
      <TextInput
        {...shared}
        label="Scanned from"
        value={dateFrom ?? ''}
        onChange={({ currentTarget }) => actions.filterCases({ dateFrom: currentTarget.value || null })}
      />
      <TextInput
        {...shared}
        label="Scanned to"
        value={dateTo ?? ''}
        onChange={({ currentTarget }) => actions.filterCases({ dateTo: currentTarget.value || null })}
      />
    </div>
  )
}

const SEXES = { female: 'Women', male: 'Men', other: 'Other' } as const
type Sex = keyof typeof SEXES

function SexChoice({ sexes }: { readonly sexes: readonly Sex[] }) {
  const actions = useActions()
  const sex = useRead(({ similar }) => similar.filter.sex)
  return (
    <Select
      size="xs"
      label="Sex"
      placeholder="any"
      data={sexes.map((value) => ({ value, label: SEXES[value] }))}
      value={sex}
      onChange={(value) => actions.filterCases({ sex: sexes.find((one) => one === value) ?? null })}
      comboboxProps={{ withinPortal: false }}
      clearable
    />
  )
}

/** Which cases are listed, by what the libraries say of them: what none of them says is not offered. */
export function CaseFilters() {
  const { labels, sexes, ageYears, date } = useRead(({ similar }) => similar.facets)
  const isFiltered = useApp(selectIsFiltered)
  if (!labels && sexes.length === 0 && !ageYears && !date) return null
  return (
    <Popover width="17rem" position="bottom-end" shadow="md" withinPortal trapFocus>
      <Popover.Target>
        <Tooltip label={isFiltered ? 'Filter of the cases (on)' : 'Filter of the cases'}>
          <Indicator disabled={!isFiltered} size={6} offset={5}>
            <ActionIcon variant="subtle" color="gray" aria-label="Filter of the cases" data-testid="case-filter">
              <IconFilter size="1rem" />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {sexes.length > 0 && <SexChoice sexes={sexes} />}
          {ageYears && <AgeChoice {...ageYears} />}
          {date && <DateChoice {...date} />}
          {labels && <FindingChoice />}
          <CommandButton command="cases.clearFilter" size="compact-xs" />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
