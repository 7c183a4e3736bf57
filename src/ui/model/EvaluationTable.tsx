import { Table } from '@mantine/core'
import { useApp } from '../appContext.ts'
import { formatFigure } from '../text/formatScore.ts'
import styles from './model.module.css'

/** Measured figures, each with the number of cases and what chance gives. */
export function EvaluationTable() {
  const evaluation = useApp((state) => state.model.evaluation)
  if (evaluation.length === 0) return null
  return (
    <section>
      <h3 className={styles.heading}>Measured</h3>
      <Table verticalSpacing="0.1875rem" horizontalSpacing="0.5rem" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Figure</Table.Th>
            <Table.Th>Split</Table.Th>
            <Table.Th ta="right">N</Table.Th>
            <Table.Th ta="right">Value</Table.Th>
            <Table.Th ta="right">Chance</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {evaluation.map(({ name, split, n, value, chance }) => (
            <Table.Tr key={`${name} ${split}`}>
              <Table.Td>{name}</Table.Td>
              <Table.Td>{split}</Table.Td>
              <Table.Td ta="right">{n}</Table.Td>
              <Table.Td ta="right">{formatFigure(value)}</Table.Td>
              <Table.Td ta="right" className={styles.dim}>
                {formatFigure(chance)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
