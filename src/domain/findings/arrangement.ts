import type { FindingId } from './finding.ts'
import type { PanelRow } from './panel.ts'

/**
 * Where a row stands in the panel. `own`: the reader's own findings, never among the pack's. `ranked`: nothing has been said,
 * and all rows are one list. `said`: it was spoken of where no comparison with the scan holds.
 */
export type RowGroup = 'own' | 'ranked' | 'to-resolve' | 'agreed' | 'said' | 'others'

/** A row at its place. */
export interface ArrangedRow extends PanelRow {
  readonly group: RowGroup
}

/** In the order in which the panel shows them. */
const ORDER: readonly RowGroup[] = ['own', 'ranked', 'to-resolve', 'agreed', 'said', 'others']

const DIFFERS: readonly PanelRow['agreement'][] = ['seen-not-said', 'said-not-seen']

/** The group of a row once something was said: what the reader has to settle, what is settled, and the rest. */
function toGroup({ said, agreement, own }: PanelRow): RowGroup {
  if (own) return 'own'
  if (said === 'question' || said === 'uncertain' || DIFFERS.includes(agreement)) return 'to-resolve'
  if (said === 'not-mentioned') return 'others'
  return agreement === 'agree' ? 'agreed' : 'said'
}

/** In a group: what was said both ways first, then what was said present, what is unsure, what was said otherwise, the rest. */
const SAID_ORDER: readonly PanelRow['said'][] = [
  'question',
  'present',
  'uncertain',
  'absent',
  'resolved',
  'not-mentioned',
]

function compareRows(a: ArrangedRow, b: ArrangedRow): number {
  const byGroup = ORDER.indexOf(a.group) - ORDER.indexOf(b.group)
  if (a.own && b.own) return 0
  const bySaid = SAID_ORDER.indexOf(a.said) - SAID_ORDER.indexOf(b.said)
  return byGroup || bySaid || (b.probability ?? 0) - (a.probability ?? 0)
}

/** Rows in their groups; while nothing was said one list, ranked by calibrated probability, ties in the manifest's order. */
export function arrangeRows(rows: readonly PanelRow[]): ArrangedRow[] {
  const isSpoken = rows.some(({ said, agreement, own }) => !own && (said !== 'not-mentioned' || agreement !== null))
  return rows.map((row) => ({ ...row, group: isSpoken || row.own ? toGroup(row) : 'ranked' })).sort(compareRows)
}

/**
 * Rows where they stood before, with what is new of them: nothing moves under the eyes of one who speaks. A row that was not
 * there before comes last in its group; one that is gone leaves.
 */
export function keepPlaces(rows: readonly PanelRow[], former: readonly ArrangedRow[]): ArrangedRow[] {
  const places = new Map<FindingId, { readonly at: number; readonly group: RowGroup }>()
  for (const [at, { id, group }] of former.entries()) places.set(id, { at, group })
  const arranged = arrangeRows(rows)
  const isOneList = former.every(({ group }) => group === 'ranked' || group === 'own')
  const toPlace = ({ id, group }: ArrangedRow) =>
    places.get(id) ?? { at: former.length, group: isOneList && group !== 'own' ? ('ranked' as const) : group }
  return arranged
    .map((row) => ({ row, ...toPlace(row) }))
    .sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group) || a.at - b.at)
    .map(({ row, group }) => ({ ...row, group }))
}

/** The scan was read, or the finding was spoken of: the row shows something. */
export const hasContent = ({ probability, said }: PanelRow): boolean => probability !== null || said !== 'not-mentioned'

/**
 * Rows that are on view: what nothing was said of is folded away, but for the one that is chosen. A finding that is spoken of
 * while the rows stand still comes out of the fold where it stands.
 */
export const toUnfolded = <Row extends ArrangedRow>(
  rows: readonly Row[],
  isOpen: boolean,
  chosenId: FindingId | null,
): Row[] =>
  isOpen ? [...rows] : rows.filter((row) => row.group !== 'others' || toGroup(row) !== 'others' || row.id === chosenId)
