import type { Mention, SaidState } from '../statements/foldStatements.ts'
import { type FindingId, type NamedFinding, readableId } from './finding.ts'
import type { SeenFinding } from './seen.ts'

/** One row of the findings panel: seen beside said. */
export interface PanelRow {
  readonly id: FindingId
  readonly label: string
  /** Calibrated probability from the CT, 0…1; null until the scan was read. */
  readonly probability: number | null
  /** Probability from which the finding counts as seen: the tick on the bar. */
  readonly threshold?: number
  readonly seen: 'present' | 'unsure' | 'absent' | null
  readonly said: SaidState['status'] | 'not-mentioned'
  /** The statements that decide `said`, in the order in which they were said. */
  readonly deciding: readonly Mention[]
  /** How seen and said stand to each other; null until both count. */
  readonly agreement: 'agree' | 'seen-not-said' | 'said-not-seen' | null
}

const NOT_JUDGED: readonly PanelRow['said'][] = ['uncertain', 'question']

/**
 * A finding called unsure by the CT agrees with whatever was said; silence agrees with absence only, and so does what has
 * resolved; what was said uncertainly or both ways is not judged.
 */
function toAgreement(seen: PanelRow['seen'], said: PanelRow['said'], isJudged: boolean): PanelRow['agreement'] {
  if (seen === null || !isJudged || NOT_JUDGED.includes(said)) return null
  if (seen === 'present' && said !== 'present') return 'seen-not-said'
  if (seen === 'absent' && said === 'present') return 'said-not-seen'
  return said === 'not-mentioned' ? null : 'agree'
}

/** What was said with another pack and this one does not know stays, after the findings of this one. */
function withUnknown(findings: readonly NamedFinding[], said: ReadonlyMap<FindingId, SaidState>): NamedFinding[] {
  const known = new Set(findings.map(({ id }) => id))
  const unknown = [...said.keys()].filter((id) => !known.has(id))
  return [...findings, ...unknown.map((id) => ({ id, label: readableId(id) }))]
}

/**
 * A row for each finding of the pack, in the manifest's order. Agreement is judged only where both sides count: something
 * was said, and the scores apply to the scan.
 */
export function toPanelRows(
  findings: readonly NamedFinding[],
  seen: readonly SeenFinding[] | null,
  said: ReadonlyMap<FindingId, SaidState>,
  isJudged: boolean,
): PanelRow[] {
  const seenById = new Map(seen?.map((finding) => [finding.id, finding]))
  return withUnknown(findings, said).map(({ id, label }): PanelRow => {
    const seenFinding = seenById.get(id)
    const saidState = said.get(id)
    const saidStatus = saidState?.status ?? 'not-mentioned'
    return {
      id,
      label,
      probability: seenFinding?.probability ?? null,
      threshold: seenFinding?.threshold,
      seen: seenFinding?.seen ?? null,
      said: saidStatus,
      deciding: saidState?.deciding ?? [],
      agreement: toAgreement(seenFinding?.seen ?? null, saidStatus, isJudged),
    }
  })
}
