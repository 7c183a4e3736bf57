import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCopyPlus, IconCurrentLocation, IconX } from '@tabler/icons-react'
import { KIND_NAMES, toLines } from '../../domain/measure/measureText.ts'
import type { PlacedGroup, PlacedReport } from '../../domain/report/placeReport.ts'
import { useActions, useRead } from '../appContext.ts'
import { formatDicomDay } from '../text/formatTime.ts'
import styles from './measures.module.css'

interface IconProps {
  readonly label: string
  readonly onClick: () => void
  readonly children: React.ReactNode
  readonly testId?: string
}

const Icon = ({ label, onClick, children, testId }: IconProps) => (
  <Tooltip label={label}>
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} data-testid={testId} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
)

function ReportedMeasure({ group }: { readonly group: PlacedGroup }) {
  const { showReported, takeReported } = useActions()
  const isSelected = useRead((study) => study.measures.selectedId === group.id)
  const name = group.name || KIND_NAMES[group.shape.kind]
  return (
    <li className={styles.entry} data-selected={isSelected} data-testid="reported">
      <span className={styles.dot} data-color="report" aria-hidden />
      <span className={styles.reported}>{name}</span>
      <Icon label={`Show ${name}`} testId="reported-show" onClick={() => showReported(group.id)}>
        <IconCurrentLocation size="0.875rem" />
      </Icon>
      <Icon label={`Take ${name} over`} testId="reported-take" onClick={() => takeReported(group.id)}>
        <IconCopyPlus size="0.875rem" />
      </Icon>
      <span className={styles.values}>{[...toLines(group.values, group.shape), ...group.notes].join(' · ')}</span>
    </li>
  )
}

/** Measurements of a structured report: whose and of when, each to be shown or taken over; they cannot be changed. */
export function ReportedMeasures({ report }: { readonly report: PlacedReport }) {
  const { takeReported, closeReport } = useActions()
  const { id, author, date, path, groups, left } = report
  return (
    <section aria-label={`Structured report ${path}`} data-testid="report">
      <header className={styles.subhead}>
        <h3 title={path}>Report{author && ` by ${author}`}</h3>
        <span className={styles.count}>{formatDicomDay(date)}</span>
        {groups.length > 0 && (
          <Icon label="Take all of it over" onClick={() => takeReported(id)}>
            <IconCopyPlus size="0.875rem" />
          </Icon>
        )}
        <Icon label="Close this report" onClick={() => closeReport(id)}>
          <IconX size="0.875rem" />
        </Icon>
      </header>
      <ul className={styles.sublist}>
        {groups.map((group) => (
          <ReportedMeasure key={group.id} group={group} />
        ))}
      </ul>
      {left.map((reason) => (
        <p key={reason} className={styles.note}>
          {reason}
        </p>
      ))}
    </section>
  )
}
