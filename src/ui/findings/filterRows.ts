import type { Finding } from '../../domain/findings/finding.ts'
import type { FindingRow } from '../../state/appState.ts'
import { isDiffering, isSaid, isSeen } from '../../state/selectors.ts'
import { isMatch } from '../text/isMatch.ts'

export type FilterName = 'all' | 'seen' | 'said' | 'differ'

const KEEPS: Readonly<Record<FilterName, (row: FindingRow) => boolean>> = {
  all: () => true,
  seen: isSeen,
  said: isSaid,
  differ: isDiffering,
}

/** Rows of a filter, in the order in which they came. */
export const filterRows = (rows: readonly FindingRow[], filter: FilterName): FindingRow[] => rows.filter(KEEPS[filter])

/** Rows whose label or synonyms have every word of the text, in the order in which they came. */
export function searchRows(
  rows: readonly FindingRow[],
  findings: readonly Pick<Finding, 'id' | 'synonyms'>[],
  text: string,
): readonly FindingRow[] {
  const synonyms = new Map(findings.map((finding) => [finding.id, finding.synonyms]))
  return rows.filter(({ id, label }) => isMatch([label, ...(synonyms.get(id) ?? [])].join('\n'), text.trim()))
}

export const countRows = (rows: readonly FindingRow[], filter: FilterName): number => filterRows(rows, filter).length
