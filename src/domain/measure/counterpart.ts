import type { ReadMeasure } from './readMeasure.ts'

const toLabel = ({ measure }: ReadMeasure): string => measure.label.trim().toLowerCase()

/**
 * The measure of another study that is about the same: of one kind, tied to the same finding or, where neither is tied to one, of one name.
 * Null where there is none, or several, which no rule could tell apart.
 */
export function findCounterpart(item: ReadMeasure, others: readonly ReadMeasure[]): ReadMeasure | null {
  const toFinding = ({ measure: { tie } }: ReadMeasure) => (tie?.kind === 'finding' ? tie.id : null)
  const isSame = (other: ReadMeasure) => {
    if (other.measure.kind !== item.measure.kind || toFinding(other) !== toFinding(item)) return false
    return toLabel(other) === toLabel(item) && (toLabel(item) !== '' || toFinding(item) !== null)
  }
  const found = others.filter(isSame)
  return found.length === 1 ? found[0] : null
}
