import type { FindingRow } from '../../state/appState.ts'
import { isDiffering, isSaid, isSeen } from '../../state/selectors.ts'

export type FilterName = 'all' | 'seen' | 'said' | 'differ'

const KEEPS: Readonly<Record<FilterName, (row: FindingRow) => boolean>> = {
  all: () => true,
  seen: isSeen,
  said: isSaid,
  differ: isDiffering,
}

/** Rows of a filter, in the order in which they came. */
export const filterRows = (rows: readonly FindingRow[], filter: FilterName): FindingRow[] => rows.filter(KEEPS[filter])

export const countRows = (rows: readonly FindingRow[], filter: FilterName): number => filterRows(rows, filter).length
