import { Table } from '@mantine/core'
import type { FindingId } from '../../domain/findings/finding.ts'
import type { SortedFigure } from '../../domain/model/figureGroups.ts'
import { useApp } from '../appContext.ts'
import { FigureCell } from './FigureCell.tsx'
import styles from './model.module.css'

const toColumn = ({ name, split }: SortedFigure): string => `${name}\n${split}`

function Columns({ figures }: { readonly figures: readonly SortedFigure[] }) {
  return figures.map((figure) => (
    <Table.Th key={toColumn(figure)} ta="right">
      {figure.name}
      <span className={styles.columnNote}>
        {figure.split}, N {figure.n}
      </span>
    </Table.Th>
  ))
}

interface FindingFiguresProps {
  readonly figures: readonly SortedFigure[]
  /** A search that found something here opens it. */
  readonly isOpen: boolean
}

/** One row a finding, one column a figure; folded, because the mean says most. */
export function FindingFigures({ figures, isOpen }: FindingFiguresProps) {
  const findings = useApp(({ model }) => model.findings)
  if (figures.length === 0) return null
  const columns = figures.filter((one, n) => figures.findIndex((other) => toColumn(other) === toColumn(one)) === n)
  const own = findings.filter(({ id }) => figures.some(({ finding }) => finding === id))
  const find = (id: FindingId, column: SortedFigure) =>
    figures.find((figure) => figure.finding === id && toColumn(figure) === toColumn(column))
  return (
    <details className={styles.details} open={isOpen} data-testid="finding-figures">
      <summary>{own.length === 1 ? 'One finding' : `Each of ${own.length} findings`}</summary>
      <Table className={`${styles.table} ${styles.narrow}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Finding</Table.Th>
            <Columns figures={columns} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {own.map(({ id, label }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row">{label}</Table.Th>
              {columns.map((column) => {
                const figure = find(id, column)
                return <FigureCell key={toColumn(column)} value={figure?.value} span={figure?.interval} />
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  )
}
