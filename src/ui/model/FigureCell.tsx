import { Table } from '@mantine/core'
import { formatFigure, formatSpan } from '../text/formatScore.ts'
import styles from './model.module.css'

interface FigureCellProps {
  readonly value: number | undefined
  /** Interval, or lowest and highest of the seeds. */
  readonly span: readonly [number, number] | undefined
}

/** A figure over what it spans. */
export function FigureCell({ value, span }: FigureCellProps) {
  return (
    <Table.Td ta="right">
      {value === undefined ? '–' : formatFigure(value)}
      {span && <span className={styles.span}>{formatSpan(span)}</span>}
    </Table.Td>
  )
}
