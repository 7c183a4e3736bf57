import { Table } from '@mantine/core'
import type { ComparedFigure, Comparison } from '../../domain/model/manifest.ts'
import { useApp } from '../appContext.ts'
import { FigureCell } from './FigureCell.tsx'
import styles from './model.module.css'
import { filterRows } from './modelSections.ts'

const Cell = ({ figure }: { readonly figure: ComparedFigure | undefined }) => (
  <FigureCell value={figure?.value} span={figure?.range ?? figure?.interval} />
)

type ComparedRow = Comparison['rows'][number]

function Row({ row }: { readonly row: ComparedRow }) {
  const { title, paper, seeds, internal, external, isThisPack } = row
  return (
    <Table.Tr className={isThisPack ? styles.ownRow : undefined}>
      <Table.Th scope="row">
        {title}
        {isThisPack && <span className={styles.ownMark}>this model</span>}
      </Table.Th>
      <Table.Td className={styles.dim}>{paper}</Table.Td>
      <Table.Td ta="right">{seeds}</Table.Td>
      <Cell figure={internal.auroc} />
      <Cell figure={external?.auroc} />
      <Cell figure={internal.f1} />
      <Cell figure={external?.f1} />
    </Table.Tr>
  )
}

const toCounts = (counts: readonly number[]): string => [...new Set(counts)].join(' or ')

/** The methods of the papers on the same cases, so that the model's own figures have something to stand beside. */
export function ComparisonSection({ query }: { readonly query: string }) {
  const comparison = useApp((state) => state.model.comparison)
  if (!comparison) return null
  const { title, note, rows } = comparison
  const internalN = toCounts(rows.map(({ internal }) => internal.n))
  const externalN = toCounts(rows.flatMap(({ external }) => (external ? [external.n] : [])))
  const shown = filterRows(rows, (row) => `${row.title} ${row.paper}`, 'Methods compared', query)
  return (
    <>
      <p>{title}</p>
      <Table className={styles.table} data-testid="comparison-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Method</Table.Th>
            <Table.Th>Paper</Table.Th>
            <Table.Th ta="right">Seeds</Table.Th>
            <Table.Th ta="right">
              AUROC<span className={styles.columnNote}>internal</span>
            </Table.Th>
            <Table.Th ta="right">
              AUROC<span className={styles.columnNote}>external</span>
            </Table.Th>
            <Table.Th ta="right">
              F1<span className={styles.columnNote}>internal</span>
            </Table.Th>
            <Table.Th ta="right">
              F1<span className={styles.columnNote}>external</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </Table.Tbody>
      </Table>
      <p className={styles.dim}>
        {`N ${internalN} internal${externalN ? `, ${externalN} external` : ''}. Below a figure: lowest and highest of the seeds, or the 95 % interval of one.`}
        {note ? ` ${note}` : ''}
      </p>
    </>
  )
}
