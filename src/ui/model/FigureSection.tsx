import { Table } from '@mantine/core'
import type { FigureGroup, SortedFigure } from '../../domain/model/figureGroups.ts'
import { useApp } from '../appContext.ts'
import { formatFigure, formatSpan } from '../text/formatScore.ts'
import { FindingFigures } from './FindingFigures.tsx'
import styles from './model.module.css'
import { filterRows, GROUP_TITLES, toFigureText } from './modelSections.ts'
import { ReliabilityPlot } from './ReliabilityPlot.tsx'
import { SpanGlyph } from './SpanGlyph.tsx'

function FigureRow({ figure }: { readonly figure: SortedFigure }) {
  const { name, split, n, value, interval, chance, command, date } = figure
  return (
    <Table.Tr title={`${command}, ${date}`}>
      <Table.Td>{name}</Table.Td>
      <Table.Td className={styles.dim}>{split}</Table.Td>
      <Table.Td ta="right">{n}</Table.Td>
      <Table.Td ta="right" className={styles.value}>
        {formatFigure(value)}
      </Table.Td>
      <Table.Td ta="right">{formatSpan(interval)}</Table.Td>
      <Table.Td ta="right" className={styles.dim}>
        {formatFigure(chance)}
      </Table.Td>
      <Table.Td>
        <SpanGlyph value={value} chance={chance} interval={interval} />
      </Table.Td>
    </Table.Tr>
  )
}

function FigureTable({ rows }: { readonly rows: readonly SortedFigure[] }) {
  if (rows.length === 0) return null
  return (
    <Table className={`${styles.table} ${styles.figures}`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Figure</Table.Th>
          <Table.Th>Split</Table.Th>
          <Table.Th ta="right">N</Table.Th>
          <Table.Th ta="right">Value</Table.Th>
          <Table.Th ta="right">95 % interval</Table.Th>
          <Table.Th ta="right">Chance</Table.Th>
          <Table.Td className={styles.scale} aria-hidden>
            <span>0</span>
            <span>1</span>
          </Table.Td>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((figure) => (
          <FigureRow key={`${figure.name} ${figure.split}`} figure={figure} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface FigureSectionProps {
  readonly group: FigureGroup
  readonly query: string
}

/** Measured figures of one kind, each with the number of cases, its interval and what chance gives. */
export function FigureSection({ group, query }: FigureSectionProps) {
  const figures = useApp((state) => state.model.figures)
  const findings = useApp((state) => state.model.findings)
  const own = figures.filter((figure) => figure.group === group)
  const rows = filterRows(own, (figure) => toFigureText(figure, findings), GROUP_TITLES[group], query)
  return (
    <>
      {group === 'calibration' && <ReliabilityPlot />}
      <FigureTable rows={rows.filter(({ finding }) => finding === null)} />
      <FindingFigures figures={rows.filter(({ finding }) => finding !== null)} isOpen={query !== ''} />
    </>
  )
}
